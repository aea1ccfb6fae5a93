export { getCalendar } from "./get-calendar.ts";
