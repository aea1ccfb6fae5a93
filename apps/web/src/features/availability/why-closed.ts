import type { RouterOutputs } from "@kumite/api";
import { isGroup, isSeveral } from "@kumite/core/availabilities/capacity";
import { possibleStarts } from "./starts.ts";

/** Says why nobody can book an availability any more; undefined while someone can. */
export function whyClosed(
  availability: RouterOutputs["availability"]["get"],
  now: string,
): string | undefined {
  const { status, ownerBusy, taken, ...empty } = availability;
  const allTaken = isSeveral(availability) ? "All of its time is taken." : "Someone has booked it.";
  if (status === "CANCELED") return "Its owner has canceled it.";
  if (status === "BOOKED") return isGroup(availability) ? "All seats are taken." : allTaken;
  if (possibleStarts(empty, now).length === 0) return "Its time has passed.";
  if (possibleStarts({ ...empty, taken }, now).length === 0) return allTaken;
  if (possibleStarts(availability, now).length === 0)
    return `${availability.ownerDisplayName} has another meeting then.`;
  return undefined;
}
