import { cancelMeeting } from "@kumite/core/booking";
import { getMeeting, listMeetings } from "@kumite/core/meetings";
import {
  CancelMeetingInput,
  GetMeetingInput,
  ListMeetingsInput,
  Meeting,
  MeetingPage,
} from "@kumite/core/meetings/schema";
import * as z from "zod/mini";
import { memberProcedure, router } from "../trpc.ts";

export const meetingRouter = router({
  get: memberProcedure
    .input(GetMeetingInput)
    .output(Meeting)
    .query(({ ctx, input }) => getMeeting(ctx.member, input)),
  list: memberProcedure
    .input(z.prefault(ListMeetingsInput, {}))
    .output(MeetingPage)
    .query(({ ctx, input }) => listMeetings(ctx.member, input)),
  cancel: memberProcedure
    .input(CancelMeetingInput)
    .output(Meeting)
    .mutation(({ ctx, input }) => cancelMeeting(ctx.member, input)),
});
