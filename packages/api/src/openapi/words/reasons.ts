import type { RefusalReason } from "@kumite/core/errors";

/** When a call is refused for a reason. */
export const reasonWords: Readonly<Record<RefusalReason, string>> = {
  NOT_YOURS: "It belongs to someone else.",
  COHORT_NOT_ALLOWED: "The caller's cohort is not among those it is open to.",
  NOT_FOUND: "It does not exist, or the caller may not see it.",
  OWN_AVAILABILITY: "It is the caller's own.",
  TYPE_NOT_OFFERED: "This kind of session is not offered.",
  OUTSIDE_WINDOW: "The start does not fit the availability.",
  IN_THE_PAST: "The time has passed.",
  ALREADY_BOOKED: "It is taken, full or withdrawn, or the caller has another seat in it.",
  OVERLAPS_MEETING: "The caller has another meeting then.",
  OWNER_BUSY: "The owner has another meeting then.",
  HAS_BOOKINGS: "The change would break a booked seat.",
  ALREADY_CANCELED: "The other person has canceled it.",
  BOOKED_TOO_OFTEN: "The caller has canceled it too many times.",
  TOO_MANY_WINDOWS: "The caller has the most open availabilities that a member may have.",
  CHANGED_MEANWHILE: "Someone else has changed it since it was read.",
  NOT_ADMIN: "Only admins may do this.",
  TOO_MANY_BLOCKED: "The caller has blocked the most members that a member may block.",
};
