import { availabilityWords } from "./availability.ts";
import { calendarWords } from "./calendar.ts";
import { communityWords } from "./community.ts";
import { meetingWords } from "./meeting.ts";
import type { AllWords } from "./procedure.ts";
import { userWords } from "./user.ts";

/** What the document says about each procedure, by group. */
export const words: AllWords = {
  community: communityWords,
  user: userWords,
  availability: availabilityWords,
  meeting: meetingWords,
  calendar: calendarWords,
};
