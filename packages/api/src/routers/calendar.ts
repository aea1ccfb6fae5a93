import { getCalendar } from "@kumite/core/calendar";
import { Calendar, GetCalendarInput } from "@kumite/core/calendar/schema";
import { memberProcedure, router } from "../trpc.ts";

export const calendarRouter = router({
  get: memberProcedure
    .input(GetCalendarInput)
    .output(Calendar)
    .query(({ ctx, input }) => getCalendar(ctx.member, input)),
});
