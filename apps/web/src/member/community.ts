import { useMember } from "#member/member.tsx";
import { typeLabel } from "./type-label.ts";

/** The community's cohorts (beginner first) and kinds of session; empty until they are there. */
export function useCommunity() {
  const { cohorts = [], types = [] } = useMember().community ?? {};
  return {
    cohorts,
    types,
    /** What a kind of session is called. */
    labelOf: (type: string) => typeLabel(type, types),
  };
}
