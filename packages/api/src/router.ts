import { lazy } from "@trpc/server";
import { router } from "./trpc.ts";

/** Every procedure. Each router is loaded at its first call, so a cold start loads only one of them. */
export const appRouter = router({
  community: lazy(() => import("./routers/community.ts")),
  user: lazy(() => import("./routers/user.ts")),
  availability: lazy(() => import("./routers/availability.ts")),
  meeting: lazy(() => import("./routers/meeting.ts")),
  calendar: lazy(() => import("./routers/calendar.ts")),
});
