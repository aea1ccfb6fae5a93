export { bookAvailability } from "./book-availability.ts";
export { cancelMeeting } from "./cancel-meeting.ts";
