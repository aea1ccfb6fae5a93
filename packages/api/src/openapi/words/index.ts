import type { RefusalReason } from "@kumite/core/errors";
import { availabilityWords } from "./availability.ts";
import { availability, meeting } from "./examples.ts";
import { meetingWords } from "./meeting.ts";
import type { AllWords } from "./procedure.ts";
import { userWords } from "./user.ts";

/** What the document says of each procedure, by group. */
export const words: AllWords = {
  community: {
    description: "The community itself.",
    procedures: {
      get: {
        summary: "Shows the community's name, cohorts and kinds of session.",
        caller: "anyone",
        refusals: [],
        example: {
          input: undefined,
          output: {
            name: "Kumite",
            cohorts: ["White", "Green", "Black"],
            types: [{ id: "technique", label: "Technique drill", durationMinutes: 45 }],
          },
        },
      },
    },
  },
  user: userWords,
  availability: availabilityWords,
  meeting: meetingWords,
  calendar: {
    description: "What a member's calendar shows.",
    procedures: {
      get: {
        summary: "Shows one's own availabilities and meetings in a span.",
        description:
          "Those that overlap `[from, to)`, each by start. The span is at most a year. Of canceled meetings the 50 that start last are shown; `canceledLeftOut` counts the others.",
        caller: "a member",
        refusals: [],
        example: {
          input: { from: "2026-12-01T00:00:00Z", to: "2026-12-08T00:00:00Z" },
          output: { availabilities: [availability], meetings: [meeting], canceledLeftOut: 0 },
        },
      },
    },
  },
};

/** When a call is refused for a reason. */
export const reasonWords: Readonly<Record<RefusalReason, string>> = {
  NOT_YOURS: "It is somebody else's.",
  COHORT_NOT_ALLOWED: "The caller's cohort is not among those it is open to.",
  NOT_FOUND: "There is no such thing, or none that the caller may know of.",
  OWN_AVAILABILITY: "It is the caller's own.",
  TYPE_NOT_OFFERED: "This kind of session is not offered.",
  OUTSIDE_WINDOW: "The start does not fit the availability.",
  IN_THE_PAST: "The time has passed.",
  ALREADY_BOOKED: "It is taken, full or withdrawn, or the caller has another seat in it.",
  OVERLAPS_MEETING: "The caller has another meeting then.",
  OWNER_BUSY: "The owner has another meeting then.",
  HAS_BOOKINGS: "The change would break a booked seat.",
  ALREADY_CANCELED: "The other person has canceled it.",
  BOOKED_TOO_OFTEN: "The caller has canceled it too many times.",
  TOO_MANY_WINDOWS: "The caller has as many open availabilities as one may have.",
  TOO_MANY_BLOCKED: "The caller has blocked as many members as one may.",
};
