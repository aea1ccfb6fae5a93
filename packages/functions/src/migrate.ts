import { setTimeout as sleep } from "node:timers/promises";
import type { Context } from "aws-lambda";
import { log } from "./log.ts";

/** What the function may be asked: after a deployment, by infra/migrations.ts; an empty event otherwise. */
export interface MigrateEvent {
  /** Waits first until no call of the former version runs any more, and fails where not all could be done. */
  readonly afterDeployment?: boolean;
}

/**
 * Milliseconds from a deployment on. Calls of the former version end within 15 s, and AWS may take some seconds until new
 * rights hold.
 */
const settlingMs = 20_000;
/** Milliseconds before its time limit at which the function begins no further batch. */
const reserveMs = 10_000;

/**
 * Brings the stored data into today's shape, as far as the time limit allows. Invoking it again goes on from there, and
 * changes nothing once all is done.
 * @throws Error after a deployment, where not all is done
 */
export const handler = createHandler(sleep);

/** @param wait for tests, which do not wait */
export function createHandler(wait: (milliseconds: number) => Promise<unknown>) {
  return async (
    event: MigrateEvent,
    context: Pick<Context, "getRemainingTimeInMillis">,
  ): Promise<{ done: boolean }> => {
    if (event.afterDeployment) await wait(settlingMs);
    const { migrate, createDatabase } = await import("./migrations.ts");
    const goOn = () => context.getRemainingTimeInMillis() > reserveMs;
    const done = await migrate({ now: new Date(), database: createDatabase() }, { goOn });
    log("info", "migrate", { done });
    if (!done && event.afterDeployment) {
      throw new Error("Time was up before all data had their new shape: deploy again to go on from here.");
    }
    return { done };
  };
}
