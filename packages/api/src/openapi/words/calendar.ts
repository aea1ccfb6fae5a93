import { availability, meeting } from "./examples.ts";
import type { GroupWords } from "./procedure.ts";

export const calendarWords: GroupWords<"calendar"> = {
  description: "What a member's calendar shows.",
  procedures: {
    get: {
      summary: "Shows the caller's own availabilities and meetings in a span.",
      description:
        "Those that overlap `[from, to)`, each by start. The span is at most a year. It shows the 50 canceled meetings that start last; `canceledLeftOut` counts the others.",
      caller: "a member",
      refusals: [],
      example: {
        input: { from: "2026-12-01T00:00:00Z", to: "2026-12-08T00:00:00Z" },
        output: { availabilities: [availability], meetings: [meeting], canceledLeftOut: 0 },
      },
    },
  },
};
