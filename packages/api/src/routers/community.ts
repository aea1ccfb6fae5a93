import { getCommunity, getSettings, setSettings } from "@kumite/core/community";
import { Community, CommunitySettings, SetCommunityInput } from "@kumite/core/community/schema";
import * as z from "zod/mini";
import { adminProcedure, publicProcedure, router } from "../trpc.ts";

const Nothing = z.prefault(z.strictObject({}), {});

export const communityRouter = router({
  get: publicProcedure.output(Community).query(({ ctx }) => getCommunity(ctx)),
  settings: adminProcedure
    .input(Nothing)
    .output(CommunitySettings)
    .query(({ ctx }) => getSettings(ctx.member)),
  set: adminProcedure
    .input(SetCommunityInput)
    .output(CommunitySettings)
    .mutation(({ ctx, input }) => setSettings(ctx.member, input)),
});
