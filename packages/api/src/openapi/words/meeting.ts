import { canceledMeeting, meeting } from "./examples.ts";
import type { GroupWords } from "./procedure.ts";

const { id } = meeting;

export const meetingWords: GroupWords<"meeting"> = {
  description: "Booked seats.",
  procedures: {
    get: {
      summary: "Shows a meeting.",
      caller: "its two people",
      refusals: ["NOT_FOUND", "NOT_YOURS"],
      example: { input: { id }, output: meeting },
    },
    list: {
      summary: "Lists the caller's own meetings, canceled ones too, by start.",
      description: "Those that overlap `[from, to)`. Without `from` or `to`, that side is open.",
      caller: "a member",
      refusals: [],
      example: { input: { from: "2026-12-01T00:00:00Z" }, output: { items: [meeting] } },
    },
    cancel: {
      summary: "Cancels a meeting for both people and frees its seat.",
      description:
        "One to one, a cancelation by the owner withdraws the availability. If it takes several bookings, it only closes the meeting's time. Repeating a cancelation answers the same meeting.",
      caller: "its two people",
      refusals: ["NOT_FOUND", "NOT_YOURS", "ALREADY_CANCELED", "IN_THE_PAST"],
      example: { input: { id, reason: canceledMeeting.cancelReason }, output: canceledMeeting },
    },
  },
};
