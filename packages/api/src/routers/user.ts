import { getUser, setUser } from "@kumite/core/users";
import { GetUserInput, OwnProfile, PublicProfile, SetUserInput } from "@kumite/core/users/schema";
import * as z from "zod";
import { memberProcedure, router } from "../trpc.ts";

export const userRouter = router({
  get: memberProcedure
    .input(GetUserInput.prefault({}))
    .output(z.union([OwnProfile, PublicProfile]))
    .query(({ ctx, input }) => getUser(ctx.member, input)),
  set: memberProcedure
    .input(SetUserInput)
    .output(OwnProfile)
    .mutation(({ ctx, input }) => setUser(ctx.member, input)),
});
