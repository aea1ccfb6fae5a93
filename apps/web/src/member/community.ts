import { useMember } from "#member/member.tsx";

/** Returns the community's current cohorts (beginner first) and kinds of session; empty until loaded. */
export function useCommunity() {
  const { cohorts = [], types = [], cohortLabels = {}, typeLabels = {} } = useMember().community ?? {};
  return {
    cohorts,
    types,
    /** The label of each kind of session, retired ones included. */
    typeLabels,
    labelOf: (type: string) => typeLabels[type] ?? type,
    cohortLabelOf: (cohort: string) => cohortLabels[cohort] ?? cohort,
  };
}
