import { inPlace, missing } from "./migration.ts";

/** Meetings say as of which revisions they show their two people and their availability, and have links. */
export const meetings = inPlace("0003-meetings", "Meetings", (meeting) =>
  missing(meeting, {
    ownerRevision: 0,
    participantRevision: 0,
    windowRevision: 0,
    link: "",
    hostLink: "",
    bookings: "one",
  }),
);
