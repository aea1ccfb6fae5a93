import type { GroupWords } from "./procedure.ts";

export const communityWords: GroupWords<"community"> = {
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
};
