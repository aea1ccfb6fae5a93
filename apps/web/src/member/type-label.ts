import type { RouterOutputs } from "@kumite/api";

type Community = RouterOutputs["community"]["get"];

/** What a kind of session is called; one that the community no longer has is shown as it is stored. */
export function typeLabel(type: string, types: Community["types"]): string {
  return types.find(({ id }) => id === type)?.label ?? type;
}
