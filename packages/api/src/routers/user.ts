import { blockUser, getUser, listBlocked, setUser, unblockUser } from "@kumite/core/users";
import {
  BlockedMembers,
  BlockUserInput,
  GetUserInput,
  OwnProfile,
  PublicProfile,
  SetUserInput,
} from "@kumite/core/users/schema";
import * as z from "zod/mini";
import { memberProcedure, router } from "../trpc.ts";

export const userRouter = router({
  get: memberProcedure
    .input(z.prefault(GetUserInput, {}))
    .output(z.union([OwnProfile, PublicProfile]))
    .query(({ ctx, input }) => getUser(ctx.member, input)),
  set: memberProcedure
    .input(SetUserInput)
    .output(OwnProfile)
    .mutation(({ ctx, input }) => setUser(ctx.member, input)),
  block: memberProcedure
    .input(BlockUserInput)
    .output(BlockedMembers)
    .mutation(({ ctx, input }) => blockUser(ctx.member, input)),
  unblock: memberProcedure
    .input(BlockUserInput)
    .output(BlockedMembers)
    .mutation(({ ctx, input }) => unblockUser(ctx.member, input)),
  listBlocked: memberProcedure.output(BlockedMembers).query(({ ctx }) => listBlocked(ctx.member)),
});
