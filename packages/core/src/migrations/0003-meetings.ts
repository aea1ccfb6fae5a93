import { inPlace, missing } from "./migration.ts";

/** Adds to meetings the revisions of the profiles and of the availability that they show, and links. */
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
