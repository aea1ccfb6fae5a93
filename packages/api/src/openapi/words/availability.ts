import { availability, canceledMeeting, meeting } from "./examples.ts";
import type { GroupWords } from "./procedure.ts";

const { owner, id } = availability;
const span = { from: "2026-12-01T00:00:00Z", to: "2026-12-08T00:00:00Z" };

export const availabilityWords: GroupWords<"availability"> = {
  description: "Times in which members offer meetings, and bookings of them.",
  procedures: {
    set: {
      summary: "Posts an availability, or edits the caller's own.",
      description:
        "Without an `id`, it posts a new one. With an `id`, it edits the caller's own; fields that are left out stay as they are. An availability starts in the future, at most a year ahead, and lasts 15 minutes to 24 hours. `durationMinutes` may not be longer than that. Default: 60, or the whole length if that is shorter. A group (`maxParticipants` above 1) always meets for the whole length. Posting again with the same `idempotencyKey` makes no second one.",
      caller: "a member",
      refusals: ["NOT_FOUND", "IN_THE_PAST", "HAS_BOOKINGS", "OWNER_BUSY", "TOO_MANY_WINDOWS"],
      example: {
        input: {
          idempotencyKey: "9a3c5e7f-1b2d-4c6e-8f90-a1b2c3d4e5f6",
          startTime: "2026-12-05T18:00:00+09:00",
          endTime: "2026-12-05T20:00:00+09:00",
          durationMinutes: 45,
          types: ["technique"],
          cohorts: ["Green", "Blue"],
          description: availability.description,
        },
        output: availability,
      },
    },
    get: {
      summary: "Shows an availability of any member.",
      caller: "a member",
      refusals: ["NOT_FOUND"],
      example: { input: { owner, id }, output: availability },
    },
    list: {
      summary: "Lists the caller's own availabilities, by start.",
      description: "Each is listed until two days after its end.",
      caller: "a member",
      refusals: [],
      example: { input: { limit: 10 }, output: { items: [availability] } },
    },
    search: {
      summary: "Finds availabilities that the caller can book in a span, by start.",
      description:
        "These are other members' availabilities that overlap `[from, to)`, are open to the caller's cohort and have a seat left. A `from` in the past counts as now. The span is at most a year.",
      caller: "a member",
      refusals: ["NOT_FOUND"],
      example: { input: { ...span, types: ["technique"] }, output: { items: [availability] } },
    },
    delete: {
      summary: "Deletes the caller's own availability, if no seat is booked.",
      caller: "its owner",
      refusals: ["NOT_FOUND", "HAS_BOOKINGS"],
      example: { input: { id }, output: availability },
    },
    withdraw: {
      summary: "Withdraws the caller's own availability and cancels every meeting in it.",
      description: "Repeating it changes nothing.",
      caller: "its owner",
      refusals: ["NOT_FOUND", "IN_THE_PAST"],
      example: {
        input: { id, reason: canceledMeeting.cancelReason },
        output: { ...availability, status: "CANCELED" },
      },
    },
    book: {
      summary: "Books a seat and answers the meeting.",
      description:
        "One to one, the meeting starts at `startTime` and ends `durationMinutes` later, both within the availability. `startTime` and `type` may be left out if only one is possible. Repeating a successful booking answers the same meeting.",
      caller: "a member",
      refusals: [
        "NOT_FOUND",
        "OWN_AVAILABILITY",
        "COHORT_NOT_ALLOWED",
        "TYPE_NOT_OFFERED",
        "OUTSIDE_WINDOW",
        "IN_THE_PAST",
        "ALREADY_BOOKED",
        "OVERLAPS_MEETING",
        "OWNER_BUSY",
        "BOOKED_TOO_OFTEN",
      ],
      example: {
        input: { owner, id, startTime: meeting.startTime, type: meeting.type },
        output: meeting,
      },
    },
  },
};
