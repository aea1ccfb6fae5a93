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
        "`cohorts` and `types` are those that may be chosen now. The labels are of all, retired ones included: what exists may have those.",
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
      summary: "Shows the whole community, to be edited.",
      caller: "an admin",
      refusals: ["NOT_ADMIN"],
      example: { input: {}, output: settings },
    },
    set: {
      summary: "Replaces the whole community, as it was read under `revision`.",
      description:
        "It counts everywhere within ten seconds. No id that is there may be left out: rename it by its `label`, or retire it. What exists keeps what is retired; nobody newly chooses it.",
      caller: "an admin",
      refusals: ["NOT_ADMIN", "CHANGED_MEANWHILE"],
      example: { input: { ...settings, revision: 3 }, output: settings },
    },
  },
};
