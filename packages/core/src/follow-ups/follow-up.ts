import { finishDeletion, type SignIns } from "../accounts/index.ts";
import { refreshOwner } from "../availabilities/copies.ts";
import { findAvailability, followEdit } from "../availabilities/repository.ts";
import { finishWithdrawal } from "../availabilities/withdraw-availability.ts";
import type { Context, SystemContext } from "../context/context.ts";
import { batchGet } from "../database/batch-get.ts";
import { forEachOf } from "../database/for-each-of.ts";
import { refreshCopies, refreshMeeting } from "../profile/refresh-copies.ts";
import { asUser, type UserRecord } from "../users/repository.ts";
import type { Change } from "./change.ts";
import { type Task, tasksOf } from "./tasks.ts";

/** What follow-ups may use: also the sign-ins, because a deleted account's sign-in is removed. */
export interface FollowUpContext extends SystemContext {
  readonly signIns: SignIns;
}

/** A change whose follow-up failed. Retrying is safe. */
export interface Failure {
  /** The index of the change. */
  index: number;
  error: unknown;
}

/**
 * Performs the tasks that follow committed changes. Idempotent, and independent of order.
 * @returns the changes with a failed task; all other tasks are done
 * @throws errors of the first read
 */
export async function followUp(ctx: FollowUpContext, changes: readonly Change[]): Promise<Failure[]> {
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
  for (const { task, by } of [...asked.values()]) {
    // What was posted or booked while the account was being deleted is erased with the rest of it.
    for (const { username, deletedAt } of peopleOf(task, people)) {
      if (deletedAt === undefined) continue;
      const deletion: Task = { kind: "finish-deletion", username };
      const key = JSON.stringify(deletion);
      asked.set(key, { task: deletion, by: [...(asked.get(key)?.by ?? []), ...by] });
    }
  }
  const failures = new Map<number, Failure>();
  const perform = async ({ task, by }: { task: Task; by: number[] }) => {
    try {
      await doTask(ctx, task, people);
    } catch (error) {
      for (const index of by) failures.set(index, { index, error });
    }
  };
  const isLong = ({ task }: { task: Task }) =>
    task.kind === "refresh-copies" || task.kind === "finish-deletion";
  await forEachOf(
    [...asked.values()].filter((each) => !isLong(each)),
    perform,
  );
  // One after the other, because each runs many writes at once.
  for (const each of [...asked.values()].filter(isLong)) await perform(each);
  return [...failures.values()].sort((a, b) => a.index - b.index);
}

/** Reads the profiles that single copies are compared with. */
async function readPeople(ctx: Context, tasks: readonly Task[]): Promise<Map<string, UserRecord>> {
  const names = new Set(tasks.flatMap(namesIn));
  const { Users } = await batchGet(ctx.database, { Users: [...names].map((username) => ({ username })) });
  return new Map(Users.map(asUser).map((user) => [user.username, user]));
}

function isHere({ deletedAt }: UserRecord): boolean {
  return deletedAt === undefined;
}

/** The people whose single copies the task updates. */
function namesIn(task: Task): string[] {
  if (task.kind === "refresh-availability") return [task.owner];
  if (task.kind === "refresh-meeting") return [task.meeting.owner, task.meeting.participant];
  return [];
}

function peopleOf(task: Task, people: ReadonlyMap<string, UserRecord>): UserRecord[] {
  return namesIn(task)
    .map((name) => people.get(name))
    .filter((user) => user !== undefined);
}

async function doTask(
  ctx: FollowUpContext,
  task: Task,
  people: ReadonlyMap<string, UserRecord>,
): Promise<void> {
  const { database } = ctx;
  switch (task.kind) {
    case "finish-deletion":
      await finishDeletion(ctx, task.username, ctx.signIns);
      return;
    case "finish-withdrawal": {
      const availability = await findAvailability(database, task);
      if (availability?.status !== "CANCELED" || availability.seatCount === 0) return;
      await finishWithdrawal(ctx, availability);
      return;
    }
    case "refresh-copies":
      return refreshCopies(ctx, task.username);
    case "refresh-availability": {
      const owner = people.get(task.owner);
      if (owner && isHere(owner) && task.revision < owner.revision) await refreshOwner(database, owner, task);
      return;
    }
    case "refresh-meeting": {
      const { meeting } = task;
      for (const user of peopleOf(task, people).filter(isHere)) await refreshMeeting(ctx, meeting, user);
      return;
    }
    case "describe-meetings": {
      const availability = await findAvailability(database, task);
      if (availability) await followEdit(database, availability);
      return;
    }
  }
}
