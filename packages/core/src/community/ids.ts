// Separate from the community's schemas, because each schema slows a cold start and most functions only need these.
import * as z from "zod/mini";

/**
 * The largest number of cohorts and types in a community, including retired ones. An availability that is open to all
 * cohorts still fits into one transaction.
 */
export const mostCohorts = 30;
export const mostTypes = 50;

/** An id in an input. The rules check whether the community has it. */
const namedId = () =>
  z.string().check(z.minLength(1, "Must not be empty"), z.maxLength(40, "The community does not have this"));

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
