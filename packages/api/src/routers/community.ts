import { Community, getCommunity } from "@kumite/core/community";
import { publicProcedure, router } from "../trpc.ts";

export const communityRouter = router({
  get: publicProcedure.output(Community).query(() => getCommunity()),
});
