import type { RouterOutputs } from "@kumite/api";
import { isGroup, possibleStarts } from "./starts.ts";

/** Why nobody can book a window any more, as a sentence for members; undefined while someone can. */
export function whyClosed(window: RouterOutputs["availability"]["get"], now: string): string | undefined {
  const { status, ownerBusy, taken, ...empty } = window;
  const allTaken = window.bookings === "several" ? "All of its time is taken." : "Somebody has booked it.";
  if (status === "CANCELED") return "Its owner has canceled it.";
  if (status === "BOOKED") return isGroup(window) ? "All seats are taken." : allTaken;
  if (possibleStarts(empty, now).length === 0) return "Its time has passed.";
  if (possibleStarts({ ...empty, taken }, now).length === 0) return allTaken;
  if (possibleStarts(window, now).length === 0) return `${window.ownerDisplayName} has another meeting then.`;
  return undefined;
}
