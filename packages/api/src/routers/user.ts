import { DeletedAccount, DeleteUserInput, ExportUserInput, UserExport } from "@kumite/core/accounts/schema";
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

const Nothing = z.prefault(z.strictObject({}), {});

/** Loaded when called: few calls need it, and it brings most of core, which would slow each cold start. */
const accounts = () => import("@kumite/core/accounts");

/** Each of these reads the caller's record. */
const userProcedure = memberProcedure.meta({ checksAccount: true });

export const userRouter = router({
  get: userProcedure
    .input(z.prefault(GetUserInput, {}))
    .output(z.union([OwnProfile, PublicProfile]))
    .query(({ ctx, input }) => getUser(ctx.member, input)),
  set: userProcedure
    .input(SetUserInput)
    .output(OwnProfile)
    .mutation(({ ctx, input }) => setUser(ctx.member, input)),
  block: userProcedure
    .input(BlockUserInput)
    .output(BlockedMembers)
    .mutation(({ ctx, input }) => blockUser(ctx.member, input)),
  unblock: userProcedure
    .input(BlockUserInput)
    .output(BlockedMembers)
    .mutation(({ ctx, input }) => unblockUser(ctx.member, input)),
  listBlocked: userProcedure
    .input(Nothing)
    .output(BlockedMembers)
    .query(({ ctx }) => listBlocked(ctx.member)),
  refreshEmail: userProcedure
    .input(Nothing)
    .output(OwnProfile)
    .mutation(async ({ ctx }) => (await accounts()).refreshEmail(ctx.member, ctx.signIns)),
  export: userProcedure
    .meta({ countsAs: "search" })
    .input(z.prefault(ExportUserInput, {}))
    .output(UserExport)
    .query(async ({ ctx, input }) => (await accounts()).exportUser(ctx.member, input)),
  delete: userProcedure
    .input(DeleteUserInput)
    .output(DeletedAccount)
    .mutation(async ({ ctx, input }) => (await accounts()).deleteUser(ctx.member, input, ctx.signIns)),
});
