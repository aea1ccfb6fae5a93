import { type Item, inPlace, missing } from "./migration.ts";

/** Availabilities and their seats say as of which revision of a user they show them; availabilities have a link and take one booking or several. */
export const availabilities = inPlace("0002-availabilities", "Availabilities", (availability) => {
  const seats = Object.entries(availability["seats"] as Record<string, Item>);
  return {
    ...missing(availability, { ownerRevision: 0, link: "", bookings: "one", seatsVersion: 0, closed: [] }),
    ...(seats.some(([, seat]) => seat["revision"] === undefined) && {
      // The whole map: a hundred seats one by one are more than an expression may say.
      seats: Object.fromEntries(seats.map(([username, seat]) => [username, { revision: 0, ...seat }])),
    }),
  };
});
