// Separate from the input schemas, because each schema slows a cold start and many functions only need this one.
import * as z from "zod/mini";
import { meetingStatuses } from "../states.ts";

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
  /** The online address of the meeting, with https. */
  link: z.optional(z.string()),
  description: z.string(),
  status: MeetingStatus,
  /** The username of the person who canceled it. */
  canceledBy: z.optional(z.string()),
  cancelReason: z.optional(z.string()),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type Meeting = z.infer<typeof Meeting>;
