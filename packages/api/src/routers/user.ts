import { getUser, setUser } from "@kumite/core/users";
import { GetUserInput, OwnProfile, PublicProfile, SetUserInput } from "@kumite/core/users/schema";
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
});
