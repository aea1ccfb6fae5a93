import type { RouterOutputs } from "../../index.ts";
import type { GroupWords } from "./procedure.ts";

const settings: RouterOutputs["community"]["settings"] = {
  revision: 4,
  name: "Kumite",
  defaultLocation: "Online: the host sends a link",
  cohorts: [
    { id: "White", label: "Beginners" },
    { id: "Green", label: "Green" },
    { id: "Black", label: "Black", isRetired: true },
  ],
  types: [{ id: "technique", label: "Technique drill", durationMinutes: 45 }],
};

export const communityWords: GroupWords<"community"> = {
  description: "The community itself.",
  procedures: {
    get: {
      summary: "Shows the community's name, cohorts and kinds of session.",
      description:
        "`cohorts` and `types` are those that members may choose now. The labels include retired ones, which existing availabilities and meetings may have.",
      caller: "anyone",
      refusals: [],
      example: {
        input: undefined,
        output: {
          name: settings.name,
          cohorts: ["White", "Green"],
          types: settings.types.map(({ id, label, durationMinutes }) => ({ id, label, durationMinutes })),
          cohortLabels: { White: "Beginners", Green: "Green", Black: "Black" },
          typeLabels: { technique: "Technique drill" },
          revision: settings.revision,
        },
      },
    },
    settings: {
      summary: "Shows the whole community, for editing.",
      caller: "an admin",
      refusals: ["NOT_ADMIN"],
      example: { input: {}, output: settings },
    },
    set: {
      summary: "Replaces the whole community, if `revision` is still current.",
      description:
        "It takes effect everywhere within ten seconds. No existing id may be left out: change its `label` to rename it, or retire it. Existing availabilities, meetings and profiles keep what is retired; it cannot be chosen again.",
      caller: "an admin",
      refusals: ["NOT_ADMIN", "CHANGED_MEANWHILE"],
      example: { input: { ...settings, revision: 3 }, output: settings },
    },
  },
};
