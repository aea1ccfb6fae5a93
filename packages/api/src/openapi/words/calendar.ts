import { availability, meeting } from "./examples.ts";
import type { GroupWords } from "./procedure.ts";

export const calendarWords: GroupWords<"calendar"> = {
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
};
