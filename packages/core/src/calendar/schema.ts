import * as z from "zod/mini";
import { Availability } from "../availabilities/output-schema.ts";
import { aYearAfter } from "../instant.ts";
import { Instant } from "../instant-schema.ts";
import { Meeting } from "../meetings/output-schema.ts";

export const GetCalendarInput = z.strictObject({ from: Instant, to: Instant }).check(
  z.refine((span) => span.from < span.to, {
    path: ["to"],
    error: "Must be after the start of the span",
  }),
  z.refine((span) => Date.parse(span.to) <= aYearAfter(new Date(span.from)).getTime(), {
    path: ["to"],
    error: "A span is at most a year",
  }),
);
export type GetCalendarInput = z.infer<typeof GetCalendarInput>;

/**
 * The member's own availabilities and meetings that overlap a span, each in start order. Of the canceled meetings,
 * those that start last are shown; `canceledLeftOut` counts the others.
 */
export const Calendar = z.object({
  availabilities: z.array(Availability),
  meetings: z.array(Meeting),
  canceledLeftOut: z.number(),
});
export type Calendar = z.infer<typeof Calendar>;
