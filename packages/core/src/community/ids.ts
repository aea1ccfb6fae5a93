// Apart from the schemas of the community: most functions need no more than these, and each schema slows a cold start.
import * as z from "zod/mini";

/** The most cohorts and types that a community has, retired ones included. An availability that is open to all fits a transaction. */
export const mostCohorts = 30;
export const mostTypes = 50;

/** An id as an input names it. Whether the community has it is for the rules to say. */
const namedId = () =>
  z.string().check(z.minLength(1, "Must not be empty"), z.maxLength(40, "Not one of the community’s"));

/** The id of a cohort. */
export const Cohort = namedId();
export type Cohort = z.infer<typeof Cohort>;

/** The id of a kind of session. */
export const SessionType = namedId();
export type SessionType = z.infer<typeof SessionType>;

/** Whether a cohort or type may be chosen now. */
export function isOffered({ isRetired }: { isRetired?: boolean | undefined }): boolean {
  return isRetired !== true;
}
