import { DeletedAccount, DeleteUserInput, ExportUserInput } from "@kumite/core/accounts/schema";
import { getUser } from "@kumite/core/users/get-user";
import {
  BlockedMembers,
  BlockUserInput,
  GetUserInput,
  OwnProfile,
  PublicProfile,
  SetUserInput,
} from "@kumite/core/users/schema";
import * as z from "zod/mini";
import { lazyOutput } from "../lazy-output.ts";
import { memberProcedure, router } from "../trpc.ts";

const Nothing = z.prefault(z.strictObject({}), {});

// Loaded when called, so that the call by which every page begins, `user.get`, starts fast.
const users = () => import("@kumite/core/users");
const accounts = () => import("@kumite/core/accounts");
const userExport = () => import("@kumite/core/accounts/export-schema").then(({ UserExport }) => UserExport);

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
    .mutation(async ({ ctx, input }) => (await users()).setUser(ctx.member, input)),
  block: userProcedure
    .input(BlockUserInput)
    .output(BlockedMembers)
    .mutation(async ({ ctx, input }) => (await users()).blockUser(ctx.member, input)),
  unblock: userProcedure
    .input(BlockUserInput)
    .output(BlockedMembers)
    .mutation(async ({ ctx, input }) => (await users()).unblockUser(ctx.member, input)),
  listBlocked: userProcedure
    .input(Nothing)
    .output(BlockedMembers)
    .query(async ({ ctx }) => (await users()).listBlocked(ctx.member)),
  refreshEmail: userProcedure
    .input(Nothing)
    .output(OwnProfile)
    .mutation(async ({ ctx }) => (await accounts()).refreshEmail(ctx.member, ctx.signIns)),
  export: userProcedure
    .meta({ countsAs: "search" })
    .input(z.prefault(ExportUserInput, {}))
    .output(lazyOutput(userExport))
    .query(async ({ ctx, input }) => (await accounts()).exportUser(ctx.member, input)),
  delete: userProcedure
    .input(DeleteUserInput)
    .output(DeletedAccount)
    .mutation(async ({ ctx, input }) => (await accounts()).deleteUser(ctx.member, input, ctx.signIns)),
});
