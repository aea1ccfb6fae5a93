import { randomUUID } from "node:crypto";
import { expect, inject, test } from "vitest";
import { countCall, defaultLimits, Limiter } from "../../packages/api/src/limits/index.ts";
import * as accounts from "../../packages/core/src/accounts/index.ts";
import * as availabilities from "../../packages/core/src/availabilities/index.ts";
import * as booking from "../../packages/core/src/booking/index.ts";
import * as calendar from "../../packages/core/src/calendar/index.ts";
import * as communities from "../../packages/core/src/community/index.ts";
import { adminActor, systemActor } from "../../packages/core/src/context/actor.ts";
import type { MemberContext } from "../../packages/core/src/context/context.ts";
import { type ConnectedDatabase, createDatabase } from "../../packages/core/src/database/database.ts";
import type { TableName } from "../../packages/core/src/database/tables.ts";
import { followUp, readChange } from "../../packages/core/src/follow-ups/index.ts";
import { hour, shift } from "../../packages/core/src/instant.ts";
import * as meetings from "../../packages/core/src/meetings/index.ts";
import { migrate, migrations } from "../../packages/core/src/migrations/migrate.ts";
import {
  availabilityInput,
  loadItems,
  newMember,
  newTables,
  newTestDatabase,
  now,
  readFormerData,
  useStreams,
  watchStreams,
} from "../../packages/core/src/testing/index.ts";
import * as users from "../../packages/core/src/users/index.ts";
import { statementsOf } from "./declared.ts";

useStreams();

const { simple } = inject("stages");
const { finishDeletion: _, followSignIn, ...accountVerbs } = accounts;

const { community: __, ...communityVerbs } = communities;

const verbs = {
  ...accountVerbs,
  ...communityVerbs,
  ...users,
  ...availabilities,
  ...booking,
  ...meetings,
  ...calendar,
};

/** The fields of a command's input that say which permissions it needs. */
interface Input {
  TableName?: string;
  IndexName?: string;
  RequestItems?: Record<string, unknown>;
  TransactItems?: Record<string, { TableName: string }>[];
}

/** A database that records the permission each request needs: `Query Availabilities/index/byStatus`. */
function watchedDatabase(others: Partial<Record<TableName, string>> = {}): {
  database: ConnectedDatabase;
  used: Set<string>;
} {
  const database = createDatabase({ ...newTestDatabase().names, ...others });
  const tables = new Map(Object.entries(database.names).map(([table, name]) => [name, table]));
  const used = new Set<string>();
  database.client.middlewareStack.add(
    (next, context) => (args) => {
      const { TableName, IndexName, RequestItems, TransactItems } = args.input as Input;
      const operation = String(context.commandName).replace(/Command$/, "");
      const note = (action: string, name = "") =>
        used.add(`${action} ${tables.get(name)}${IndexName === undefined ? "" : `/index/${IndexName}`}`);
      if (TransactItems) {
        for (const [kind, item] of TransactItems.flatMap(Object.entries))
          note(actionOf(kind), item.TableName);
      } else if (RequestItems) {
        for (const name of Object.keys(RequestItems)) note(actionOf(operation), name);
      } else {
        note(actionOf(operation), TableName);
      }
      return next(args);
    },
    { step: "initialize" },
  );
  return { database, used };
}

/** IAM's name for an operation: `Put` in a transaction is PutItem. */
function actionOf(operation: string): string {
  const ofItem = ["Get", "BatchGet", "BatchWrite", "Put", "Update", "Delete", "ConditionCheck"];
  return ofItem.includes(operation) ? `${operation}Item` : operation;
}

/** A function's permissions on tables. */
function granted(functionName: string): string[] {
  return (
    statementsOf(simple, functionName)
      .flatMap(({ actions, resources }) =>
        actions.flatMap((action) => resources.map((resource) => [action, resource] as const)),
      )
      // Lambda needs the streams, not the function's code.
      .filter(([action, resource]) => action.startsWith("dynamodb:") && !resource.includes("/stream/"))
      .map(([action, resource]) => `${action.replace("dynamodb:", "")} ${resource}`)
      .sort()
  );
}

const signIns: accounts.SignIns = {
  remove: async () => {},
  find: async () => ({ verifiedEmail: "new@example.com" }),
};

test("the trigger has exactly the permissions that creating a user needs", async () => {
  const { database, used } = watchedDatabase();
  await verbs.createUser({ now, database }, { username: randomUUID(), email: "ada@example.com" });
  expect([...used].sort()).toEqual(granted("PostConfirmation"));
});

test("FollowUp has exactly the permissions that follow-ups need", async () => {
  const streams = await watchStreams();
  const [owner, member] = [await newMember(), await newMember()];
  const input = availabilityInput();
  const { id } = await verbs.setAvailability(owner, input);
  await verbs.bookAvailability(member, { owner: owner.actor.username, id });
  await verbs.setAvailability(owner, { ...input, id, location: "Dojo 2" });
  await verbs.setAvailability(owner, availabilityInput({ startTime: shift(input.startTime, 3 * hour) }));
  const later = await verbs.setAvailability(
    owner,
    availabilityInput({ startTime: shift(input.startTime, 6 * hour) }),
  );
  // A member who leaves: an availability, a seat with someone else, blocks on both sides.
  const leaving = await newMember();
  const theirs = await verbs.setAvailability(leaving, {
    ...input,
    ...{ startTime: shift(input.startTime, 15 * hour), endTime: shift(input.endTime, 15 * hour) },
  });
  const booked = await verbs.bookAvailability(owner, { owner: leaving.actor.username, id: theirs.id });
  expect(booked.status).toBe("SCHEDULED");
  const another = await verbs.setAvailability(owner, {
    ...input,
    ...{ startTime: shift(input.startTime, 9 * hour), endTime: shift(input.endTime, 9 * hour) },
  });
  await verbs.bookAvailability(leaving, { owner: owner.actor.username, id: another.id });
  await verbs.blockUser(leaving, { username: owner.actor.username });
  await verbs.blockUser(owner, { username: leaving.actor.username });
  const gone = await newMember();
  const both = await verbs.setAvailability(gone, {
    ...input,
    ...{ startTime: shift(input.startTime, 12 * hour), endTime: shift(input.endTime, 12 * hour) },
  });
  await verbs.bookAvailability(leaving, { owner: gone.actor.username, id: both.id });
  for (const someone of [leaving, gone])
    await verbs.deleteUser(someone, { displayName: "A member" }, signIns);
  for (const someone of [owner, member])
    await verbs.setUser(someone, { displayName: "Ada", cohort: "Black" });
  const { database, used } = watchedDatabase();
  const records = await streams.read([owner, member, leaving, gone]);
  const changes = records.map((record) => readChange(database, record));
  expect(later.ownerCohort).toBe("White");
  expect(await followUp({ now, database, actor: systemActor("follow-up"), signIns }, changes)).toEqual([]);
  expect([...used].sort()).toEqual(granted("FollowUp"));
});

test("Migrate has exactly the permissions that all migrations need, with two runs at the same time", async () => {
  const { database, used } = watchedDatabase();
  const { writtenAt, tables } = readFormerData();
  await loadItems(newTestDatabase(), { ...tables, Openings: [] });
  const beside = { now: new Date(writtenAt), database: newTestDatabase() };
  for (const migration of migrations) {
    // Another run writes the first batch first, so that this one must read it again.
    let isDue = true;
    database.client.middlewareStack.add(
      (next) => async (args) => {
        if (isDue && "TransactItems" in args.input) {
          isDue = false;
          let batches = 0;
          await migrate(beside, { migrations: [migration], goOn: () => batches++ < 1 });
        }
        return next(args);
      },
      { step: "initialize", name: migration.id },
    );
    await migrate({ ...beside, database }, { migrations: [migration] });
    expect(isDue, migration.id).toBe(false);
  }
  expect([...used].sort()).toEqual(granted("Migrate"));
});

test("AccountChanged has exactly the permissions that it needs", async () => {
  const { database, used } = watchedDatabase();
  const { actor } = await newMember();
  expect(await followSignIn({ now, database }, actor.username, signIns)).toBe("changed");
  expect([...used].sort()).toEqual(granted("AccountChanged"));
});

test("the API has exactly the permissions that all verbs together need", async () => {
  // A separate table, because other tests need the community as the file has it.
  const { Community } = await newTables();
  const { database, used } = watchedDatabase({ Community });
  const watched = (member: MemberContext): MemberContext => ({ ...member, database });
  const [owner, member] = [watched(await newMember()), watched(await newMember())];

  const called = new Set<string>(["createUser"]);
  const api = new Proxy(verbs, {
    get(target, name: keyof typeof verbs) {
      called.add(name);
      return target[name];
    },
  });

  const admin = { ...owner, actor: adminActor(owner.actor.username) };
  await api.setSettings(admin, await api.getSettings(admin));
  await api.getCommunity(owner);
  await api.getUser(owner, {});
  const input = availabilityInput();
  const { id } = await api.setAvailability(owner, input);
  const startTime = shift(input.startTime, -hour);
  await api.setAvailability(owner, { ...input, id, startTime });
  await api.getAvailability(member, { owner: owner.actor.username, id });
  await api.listAvailabilities(owner, { limit: 1 });
  const span = { from: now.toISOString(), to: shift(now.toISOString(), 72 * hour) };
  await api.searchAvailabilities(member, { ...span, limit: 1 });
  const meeting = await api.bookAvailability(member, { owner: owner.actor.username, id, startTime });
  await api.getMeeting(member, meeting);
  await api.listMeetings(member, { limit: 1 });
  await api.getCalendar(owner, span);
  await api.setUser(member, { displayName: "Ada" });
  await api.cancelMeeting(member, { id: meeting.id });
  await api.bookAvailability(member, { owner: owner.actor.username, id, startTime });
  await api.blockUser(member, { username: owner.actor.username });
  await api.listBlocked(member);
  await api.unblockUser(member, { username: owner.actor.username });
  await api.refreshEmail(member, signIns);
  await api.exportUser(member, {});
  await api.withdrawAvailability(owner, { id });
  await api.deleteAvailability(owner, { id });
  await api.deleteUser(member, { displayName: "Ada" }, signIns);

  const counting = { ...member, limits: { ...defaultLimits, read: { person: 1 } }, limiter: new Limiter() };
  await countCall(counting, "read", { person: member.actor.username, address: "192.0.2.1" });

  expect([...called].sort()).toEqual(Object.keys(verbs).sort());
  expect([...used].sort()).toEqual(granted("Trpc"));
});
