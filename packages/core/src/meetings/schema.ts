import * as z from "zod/mini";
import { Instant } from "../instant-schema.ts";
import { PageInput, pageOf } from "../page.ts";
import { Id, multiLine } from "../text.ts";
import { Meeting } from "./output-schema.ts";

export { Meeting, MeetingStatus } from "./output-schema.ts";

export const GetMeetingInput = z.strictObject({ id: Id });
export type GetMeetingInput = z.infer<typeof GetMeetingInput>;

/** Meetings that overlap `[from, to)`; a side that is left out is open. */
export const ListMeetingsInput = z
  .extend(PageInput, {
    from: z.optional(Instant),
    to: z.optional(Instant),
  })
  .check(
    z.refine((input) => !(input.from && input.to) || input.from < input.to, {
      path: ["to"],
      error: "Must be after the start of the span",
    }),
  );
export type ListMeetingsInput = z.infer<typeof ListMeetingsInput>;

export const CancelMeetingInput = z.strictObject({ id: Id, reason: z.optional(multiLine(2_000)) });
export type CancelMeetingInput = z.infer<typeof CancelMeetingInput>;

export const MeetingPage = pageOf(Meeting);
