import {
  deleteAvailability,
  getAvailability,
  listAvailabilities,
  searchAvailabilities,
  setAvailability,
  withdrawAvailability,
} from "@kumite/core/availabilities";
import {
  Availability,
  AvailabilityPage,
  BookAvailabilityInput,
  DeleteAvailabilityInput,
  GetAvailabilityInput,
  ListAvailabilitiesInput,
  SearchAvailabilitiesInput,
  SetAvailabilityInput,
  WithdrawAvailabilityInput,
} from "@kumite/core/availabilities/schema";
import { bookAvailability } from "@kumite/core/booking";
import { Meeting } from "@kumite/core/meetings/schema";
import * as z from "zod/mini";
import { memberProcedure, router } from "../trpc.ts";

export const availabilityRouter = router({
  set: memberProcedure
    .meta({ checksAccount: true })
    .input(SetAvailabilityInput)
    .output(Availability)
    .mutation(({ ctx, input }) => setAvailability(ctx.member, input)),
  get: memberProcedure
    .meta({ checksAccount: true })
    .input(GetAvailabilityInput)
    .output(Availability)
    .query(({ ctx, input }) => getAvailability(ctx.member, input)),
  list: memberProcedure
    .input(z.prefault(ListAvailabilitiesInput, {}))
    .output(AvailabilityPage)
    .query(({ ctx, input }) => listAvailabilities(ctx.member, input)),
  search: memberProcedure
    .meta({ countsAs: "search", checksAccount: true })
    .input(SearchAvailabilitiesInput)
    .output(AvailabilityPage)
    .query(({ ctx, input }) => searchAvailabilities(ctx.member, input)),
  delete: memberProcedure
    .input(DeleteAvailabilityInput)
    .output(Availability)
    .mutation(({ ctx, input }) => deleteAvailability(ctx.member, input)),
  withdraw: memberProcedure
    .input(WithdrawAvailabilityInput)
    .output(Availability)
    .mutation(({ ctx, input }) => withdrawAvailability(ctx.member, input)),
  book: memberProcedure
    .meta({ countsAs: "book", checksAccount: true })
    .input(BookAvailabilityInput)
    .output(Meeting)
    .mutation(({ ctx, input }) => bookAvailability(ctx.member, input)),
});
