import { type Item, inPlace, missing } from "./migration.ts";

/**
 * Adds to availabilities and their seats the revision of the profile that they show; to availabilities also a link and
 * whether they take one booking or several.
 */
export const availabilities = inPlace("0002-availabilities", "Availabilities", (availability) => {
  const seats = Object.entries(availability["seats"] as Record<string, Item>);
  return {
    ...missing(availability, { ownerRevision: 0, link: "", bookings: "one", seatsVersion: 0, closed: [] }),
    ...(seats.some(([, seat]) => seat["revision"] === undefined) && {
      // Writes the whole map, because a hundred separate seats exceed the size of an expression.
      seats: Object.fromEntries(seats.map(([username, seat]) => [username, { revision: 0, ...seat }])),
    }),
  };
});
