import { useMember } from "#member/member.tsx";

/** The community's cohorts (beginner first) and kinds of session that may be chosen now; empty until they are there. */
export function useCommunity() {
  const { cohorts = [], types = [], cohortLabels = {}, typeLabels = {} } = useMember().community ?? {};
  return {
    cohorts,
    types,
    /** What each kind of session is called, retired ones included. */
    typeLabels,
    labelOf: (type: string) => typeLabels[type] ?? type,
    cohortLabelOf: (cohort: string) => cohortLabels[cohort] ?? cohort,
  };
}
