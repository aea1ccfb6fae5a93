export { getMeeting } from "./get-meeting.ts";
export { listMeetings } from "./list-meetings.ts";
