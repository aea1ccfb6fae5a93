import { type Item, inPlace, missing } from "./migration.ts";

/** Windows and their seats say as of which revision of a user they show them; windows have a link and take one booking or several. */
export const availabilities = inPlace("0002-availabilities", "Availabilities", (window) => {
  const seats = Object.entries(window["seats"] as Record<string, Item>);
  return {
    ...missing(window, { ownerRevision: 0, link: "", bookings: "one", seatsVersion: 0, closed: [] }),
    ...(seats.some(([, seat]) => seat["revision"] === undefined) && {
      // The whole map: a hundred seats one by one are more than an expression may say.
      seats: Object.fromEntries(seats.map(([username, seat]) => [username, { revision: 0, ...seat }])),
    }),
  };
});
