import * as z from "zod/mini";
import { Instant } from "../instant-schema.ts";
import { PageInput, pageOf } from "../page.ts";
import { meetingStatuses } from "../states.ts";
import { Id, multiLine } from "../text.ts";

export const MeetingStatus = z.enum(meetingStatuses);
export type MeetingStatus = z.infer<typeof MeetingStatus>;

/** A booked seat. Instants are ISO 8601 UTC with milliseconds. */
export const Meeting = z.object({
  id: z.string(),
  availabilityId: z.string(),
  owner: z.string(),
  ownerDisplayName: z.string(),
  participant: z.string(),
  participantDisplayName: z.string(),
  startTime: z.string(),
  endTime: z.string(),
  type: z.string(),
  location: z.string(),
  /** Where the meeting takes place online: an https address. */
  link: z.optional(z.string()),
  description: z.string(),
  status: MeetingStatus,
  /** The username of whom canceled it. */
  canceledBy: z.optional(z.string()),
  cancelReason: z.optional(z.string()),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type Meeting = z.infer<typeof Meeting>;

export const GetMeetingInput = z.strictObject({ id: Id });
export type GetMeetingInput = z.infer<typeof GetMeetingInput>;

/** Meetings that overlap `[from, to)`; a side left out is open. */
export const ListMeetingsInput = z
  .extend(PageInput, {
    from: z.optional(Instant),
    to: z.optional(Instant),
  })
  .check(
    z.refine((input) => !(input.from && input.to) || input.from < input.to, {
      path: ["to"],
      error: "Must be after the beginning of the span",
    }),
  );
export type ListMeetingsInput = z.infer<typeof ListMeetingsInput>;

export const CancelMeetingInput = z.strictObject({ id: Id, reason: z.optional(multiLine(2_000)) });
export type CancelMeetingInput = z.infer<typeof CancelMeetingInput>;

export const MeetingPage = pageOf(Meeting);
