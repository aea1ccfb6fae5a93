import { type Explanation, explain, refusalReason } from "#lib/errors.ts";

/** Explains an error of posting or editing an availability: there, the busy owner is the reader. */
export function explainToOwner(error: unknown): Explanation {
  if (refusalReason(error) !== "OWNER_BUSY") return explain(error);
  return {
    title: "No time is left in this open time",
    detail: "You have another meeting then. Choose another time.",
    retryable: false,
  };
}
