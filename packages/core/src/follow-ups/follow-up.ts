import { findAvailability, followEdit, refreshOwner } from "../availabilities/repository.ts";
import type { Context } from "../context.ts";
import { batchGet } from "../database/batch-get.ts";
import { forEachOf } from "../database/for-each-of.ts";
import { asUser, type UserRecord } from "../users/repository.ts";
import type { Change } from "./change.ts";
import { refreshCopies, refreshMeeting } from "./refresh-copies.ts";
import { type Task, tasksOf } from "./tasks.ts";

/** A change whose follow-up failed: repeating it is safe. */
export interface Failure {
  /** Its place among the changes. */
  index: number;
  error: unknown;
}

/**
 * Does what some committed changes ask for. Repeating it, in any order, changes nothing wrong.
 * @returns the changes of which something failed; all else is done
 * @throws where nothing could be read
 */
export async function followUp(ctx: Context, changes: readonly Change[]): Promise<Failure[]> {
  const asked = new Map<string, { task: Task; by: number[] }>();
  for (const [index, change] of changes.entries()) {
    for (const task of tasksOf(change, ctx.now)) {
      const key = JSON.stringify(task);
      const { by } = asked.get(key) ?? { by: [] };
      asked.set(key, { task, by: [...by, index] });
    }
  }
  const people = await readPeople(
    ctx,
    [...asked.values()].map(({ task }) => task),
  );
  const failures = new Map<number, Failure>();
  const perform = async ({ task, by }: { task: Task; by: number[] }) => {
    try {
      await doTask(ctx, task, people);
    } catch (error) {
      for (const index of by) failures.set(index, { index, error });
    }
  };
  const isLong = ({ task }: { task: Task }) => task.kind === "refresh-copies";
  await forEachOf(
    [...asked.values()].filter((each) => !isLong(each)),
    perform,
  );
  // Each of these has many writes under way by itself.
  for (const each of [...asked.values()].filter(isLong)) await perform(each);
  return [...failures.values()].sort((a, b) => a.index - b.index);
}

/** The profiles that single copies are held against. */
async function readPeople(ctx: Context, tasks: readonly Task[]): Promise<Map<string, UserRecord>> {
  const names = new Set(
    tasks.flatMap((task) => {
      if (task.kind === "refresh-window") return [task.owner];
      if (task.kind === "refresh-meeting") return [task.meeting.owner, task.meeting.participant];
      return [];
    }),
  );
  const { Users } = await batchGet(ctx.database, { Users: [...names].map((username) => ({ username })) });
  return new Map(Users.map(asUser).map((user) => [user.username, user]));
}

async function doTask(ctx: Context, task: Task, people: ReadonlyMap<string, UserRecord>): Promise<void> {
  const { database } = ctx;
  switch (task.kind) {
    case "refresh-copies":
      return refreshCopies(ctx, task.username);
    case "refresh-window": {
      const owner = people.get(task.owner);
      if (owner && task.revision < owner.revision) await refreshOwner(database, owner, task);
      return;
    }
    case "refresh-meeting": {
      const { meeting } = task;
      for (const username of [meeting.owner, meeting.participant]) {
        const user = people.get(username);
        if (user) await refreshMeeting(ctx, meeting, user);
      }
      return;
    }
    case "describe-meetings": {
      const window = await findAvailability(database, task);
      if (window) await followEdit(database, window);
      return;
    }
  }
}
