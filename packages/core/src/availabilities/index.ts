export { deleteAvailability } from "./delete-availability.ts";
export { getAvailability } from "./get-availability.ts";
export { listAvailabilities } from "./list-availabilities.ts";
export { searchAvailabilities } from "./search-availabilities.ts";
export { setAvailability } from "./set-availability.ts";
export { withdrawAvailability } from "./withdraw-availability.ts";
