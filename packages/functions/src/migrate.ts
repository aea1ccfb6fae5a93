import { setTimeout as sleep } from "node:timers/promises";
import type { Context } from "aws-lambda";
import { log } from "./log.ts";

/** The function's event: from infra/migrations.ts after a deployment, and empty otherwise. */
export interface MigrateEvent {
  /** Waits until calls of the previous version have ended, and throws if not everything is done. */
  readonly afterDeployment?: boolean;
}

/**
 * Milliseconds to wait after a deployment. Calls of the previous version end within 15 s, and new permissions may take
 * some seconds to apply.
 */
const settlingMs = 20_000;
/** Milliseconds before the time limit after which the function starts no further batch. */
const reserveMs = 10_000;

/**
 * Migrates the stored data to the current shape, as far as the time limit allows. Another invocation continues from
 * there, and changes nothing once everything is done.
 * @throws Error after a deployment, if not everything is done
 */
export const handler = createHandler(sleep);

/** @param wait replaces the real pause in tests */
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
      throw new Error("The time was up before all data was migrated: deploy again to continue.");
    }
    return { done };
  };
}
