import { cancelMeeting } from "../booking/index.ts";
import { isUnavailable } from "./unavailable.ts";
/** What DynamoDB Local cannot be made to do: conflicts, throttling, answers that are lost. */

import { randomUUID } from "node:crypto";
import type { Readable } from "node:stream";
import { json } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import {
  deleteAvailability,
  getAvailability,
  listAvailabilities,
  setAvailability,
} from "../availabilities/index.ts";
import { getCalendar } from "../calendar/index.ts";
import type { MemberContext } from "../context/context.ts";
import { Unavailable } from "../errors.ts";
import { hour, shift } from "../instant.ts";
import { getMeeting, listMeetings } from "../meetings/index.ts";
import { refreshCopies } from "../profile/refresh-copies.ts";
import {
  answer,
  availabilityInput,
  book,
  checkInvariants,
  dropped,
  errorAnswer,
  newMember,
  newMembers,
  outcomeOf,
  postAvailability,
  testDatabase,
  wiredDatabase,
} from "../testing/index.ts";
import { createUser, getUser, setUser } from "../users/index.ts";
import { batchGet } from "./batch-get.ts";
import { createDatabase, type Database } from "./database.ts";

/** A transaction canceled for these reasons, one an item. */
function canceled(...codes: string[]) {
  const CancellationReasons = codes.map((Code) => (Code === "None" ? { Code } : { Code, Message: Code }));
  return errorAnswer("TransactionCanceledException", { CancellationReasons });
}

type Answer = ReturnType<typeof answer>;

/** A database whose first `times` transactions are answered by `fault`; `sent` counts all of them. */
function faulty(times: number, fault: (send: () => Promise<unknown>) => Answer | Promise<Answer>) {
  const counted = { sent: 0 };
  const database = wiredDatabase(async (operation, send) => {
    if (operation !== "TransactWriteItems" || counted.sent++ >= times) return send();
    return fault(send);
  });
  return { database, counted };
}

/** The verbs that write more than one item, each on a setting of its own; `check` looks at what is there after. */
const verbs: Record<string, () => Promise<Prepared>> = {
  post: async () => {
    const owner = await newMember();
    const idempotencyKey = randomUUID();
    return {
      people: [owner],
      run: (database) => postAvailability({ ...owner, database }, { idempotencyKey }),
      check: async (answered) => {
        expect((await listAvailabilities(owner, { limit: 25 })).items).toEqual([answered]);
      },
      repeats: true,
    };
  },
  edit: async () => {
    const owner = await newMember();
    const availability = await postAvailability(owner);
    const input = availabilityInput({ id: availability.id, startTime: shift(availability.startTime, hour) });
    return {
      people: [owner],
      run: (database) => setAvailability({ ...owner, database }, input),
      check: async () => {
        expect(await getAvailability(owner, availability)).toMatchObject({ startTime: input.startTime });
      },
      repeats: true,
    };
  },
  delete: async () => {
    const owner = await newMember();
    const availability = await postAvailability(owner);
    return {
      people: [owner],
      run: (database) => deleteAvailability({ ...owner, database }, availability),
      check: async (answered) => {
        expect(answered).toEqual(availability);
        expect((await listAvailabilities(owner, { limit: 25 })).items).toEqual([]);
      },
    };
  },
  book: async () => {
    const [owner, member] = await newMembers(2);
    const availability = await postAvailability(owner);
    return {
      people: [owner, member],
      run: (database) => book({ ...member, database }, availability),
      check: async (answered) => {
        const { items } = await listMeetings(member, { limit: 25 });
        expect(items).toEqual([answered]);
      },
      repeats: true,
    };
  },
  cancel: async () => {
    const [owner, member] = await newMembers(2);
    const meeting = await book(member, await postAvailability(owner));
    return {
      people: [owner, member],
      run: (database) => cancelMeeting({ ...owner, database }, { id: meeting.id, reason: "A cold" }),
      check: async (answered) => expect(await getMeeting(member, meeting)).toEqual(answered),
      repeats: true,
    };
  },
};

interface Prepared {
  people: MemberContext[];
  run: (database: Database) => Promise<unknown>;
  check: (answered: unknown) => Promise<unknown>;
  /** Whether a client that repeats it gets the same answer. */
  repeats?: boolean;
}

async function rejection(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => expect.unreachable("It succeeded"),
    (error: unknown) => error,
  );
}

test("an edit whose answer is lost is answered as done, also where its owner is busy by then", async () => {
  const [owner, host] = await newMembers(2);
  const availability = await postAvailability(owner);
  const elsewhere = await postAvailability(host);
  let sent = 0;
  const { database } = faulty(Number.POSITIVE_INFINITY, async (send) => {
    await send();
    if (++sent === 1) await book(owner, elsewhere);
    throw dropped();
  });
  const input = availabilityInput({ id: availability.id, description: "Bring gloves" });
  expect(await setAvailability({ ...owner, database }, input)).toMatchObject({ description: "Bring gloves" });
  await checkInvariants([owner, host]);
});

// Most of these wait between attempts: at once they wait together.
describe.concurrent.each(Object.entries(verbs))("%s", (_, prepare) => {
  test.each([
    ["another transaction holds an item", () => canceled("None", "TransactionConflict")],
    ["an item is throttled", () => canceled("ThrottlingError", "None")],
    ["the table is throttled", () => errorAnswer("ProvisionedThroughputExceededException")],
    ["the account is throttled", () => errorAnswer("ThrottlingException")],
    ["the same transaction is still in progress", () => errorAnswer("TransactionInProgressException")],
    ["the service fails", () => errorAnswer("InternalServerError", {}, 500)],
  ])("twice in the way, then done: %s", async (__, fault) => {
    const { people, run, check } = await prepare();
    const { database, counted } = faulty(2, fault);
    await check(await run(database));
    expect(counted.sent).toBe(3);
    await checkInvariants(people);
  });

  test("the connection breaks before anything is sent: done once", async () => {
    const { people, run, check } = await prepare();
    const { database } = faulty(1, () => Promise.reject(dropped()));
    await check(await run(database));
    await checkInvariants(people);
  });

  test("the answer is lost after the commit: done once, and answered", async () => {
    const { people, run, check } = await prepare();
    const { database, counted } = faulty(1, async (send) => {
      await send();
      throw dropped();
    });
    await check(await run(database));
    // The SDK repeats it with the token of the first.
    expect(counted.sent).toBe(2);
    await checkInvariants(people);
  });

  test("the answer is lost after the commit, and the repetition meets a conflict: done once, and answered", async () => {
    const { people, run, check } = await prepare();
    let sent = 0;
    const { database } = faulty(2, async (send) => {
      if (++sent === 2) return canceled("TransactionConflict");
      await send();
      throw dropped();
    });
    await check(await run(database));
    await checkInvariants(people);
  });

  test("every answer is lost after the commit: a read tells that it is done", async () => {
    const { people, run, check } = await prepare();
    const { database } = faulty(Number.POSITIVE_INFINITY, async (send) => {
      await send();
      throw dropped();
    });
    await check(await run(database));
    await checkInvariants(people);
  });

  test("no answer comes from the commit on: unavailable, and repeating it is safe", async () => {
    const { people, run, check, repeats } = await prepare();
    let gone = false;
    const database = wiredDatabase(async (operation, send) => {
      if (operation === "TransactWriteItems") {
        gone = true;
        await send();
      }
      if (gone) throw dropped();
      return send();
    });
    expect(await rejection(run(database))).toSatisfy(isUnavailable);
    await checkInvariants(people);
    if (repeats) await check(await run(testDatabase()));
    else expect(await outcomeOf(run(testDatabase()))).toBe("NOT_FOUND");
  });

  test("an item that DynamoDB finds malformed is a defect, and is not tried again", async () => {
    const { run } = await prepare();
    const { database, counted } = faulty(1, () => canceled("None", "ValidationError"));
    const error = await rejection(run(database));
    expect(error).toMatchObject({ name: "TransactionCanceledException" });
    expect(isUnavailable(error)).toBe(false);
    expect(counted.sent).toBe(1);
  });
});

test("a deletion that was refused on its way does not take another's for its own", async () => {
  const owner = await newMember();
  const availability = await postAvailability(owner);
  const { database } = faulty(1, async () => {
    await deleteAvailability(owner, availability);
    return errorAnswer("ThrottlingException");
  });
  expect(await outcomeOf(deleteAvailability({ ...owner, database }, availability))).toBe("NOT_FOUND");
});

test("a booking whose answer is lost, and which is canceled before it is found again, is made once", async () => {
  const [owner, member] = await newMembers(2);
  const availability = await postAvailability(owner, { maxParticipants: 2 });
  const { database } = faulty(Number.POSITIVE_INFINITY, async (send) => {
    const { items } = await listMeetings(owner, { limit: 25 });
    if (items[0]) await cancelMeeting(owner, items[0]);
    else await send();
    throw dropped();
  });
  const answered = await book({ ...member, database }, availability);
  expect(answered.status).toBe("CANCELED");
  expect((await listMeetings(member, { limit: 25 })).items).toEqual([answered]);
  expect(await getAvailability(owner, availability)).toMatchObject({ participants: [] });
  await checkInvariants([owner, member]);
});

test.concurrent("a conflict that does not end is unavailable, and has changed nothing", async () => {
  const [owner, member] = await newMembers(2);
  const availability = await postAvailability(owner);
  const { database, counted } = faulty(Number.POSITIVE_INFINITY, () => canceled("TransactionConflict"));
  expect(await rejection(book({ ...member, database }, availability))).toBeInstanceOf(Unavailable);
  expect(counted.sent).toBeGreaterThan(10);
  expect(await getAvailability(owner, availability)).toEqual(availability);
  await checkInvariants([owner, member]);
});

describe("what is read is unavailable", () => {
  test.concurrent.each([
    ["throttled", () => Promise.resolve(errorAnswer("ThrottlingException"))],
    ["failing", () => Promise.resolve(errorAnswer("InternalServerError", {}, 500))],
    ["cut off", () => Promise.reject(dropped())],
  ])("when the database is %s without end", async (_, fault) => {
    const member = await newMember();
    const ctx = { ...member, database: wiredDatabase(fault) };
    const calls = [getUser(ctx, {}), listMeetings(ctx, { limit: 1 }), book(ctx, { owner: "a", id: "b" })].map(
      rejection,
    );
    for (const error of await Promise.all(calls)) expect(error).toSatisfy(isUnavailable);
  });

  test("when nothing listens there", async () => {
    const member = await newMember();
    const endpoint = process.env["AWS_ENDPOINT_URL_DYNAMODB"];
    // Port 9 (discard) is one that nobody has.
    process.env["AWS_ENDPOINT_URL_DYNAMODB"] = "http://127.0.0.1:9";
    try {
      const database = createDatabase({ ...testDatabase().names });
      expect(await rejection(getUser({ ...member, database }, {}))).toSatisfy(isUnavailable);
    } finally {
      process.env["AWS_ENDPOINT_URL_DYNAMODB"] = endpoint;
    }
  });
});

test("a user is created once, though the answer is lost", async () => {
  const [member] = await newMembers(1);
  let lost = 0;
  const database = wiredDatabase(async (_, send) => {
    const answered = await send();
    if (lost++ === 0) throw dropped();
    return answered;
  });
  const username = `lost-${member.actor.username}`;
  await createUser({ now: member.now, database }, { username, email: "a@example.com", name: "Anna" });
  expect(await getUser(member, { username })).toMatchObject({ displayName: "Anna" });
});

test("a new name reaches an availability though another transaction holds it for a moment", async () => {
  const owner = await newMember();
  const availability = await postAvailability(owner);
  let conflicts = 0;
  const database = wiredDatabase(async (operation, send, input) => {
    const onAvailability = operation === "TransactWriteItems" && input.includes(availability.id);
    return onAvailability && conflicts++ < 2 ? canceled("TransactionConflict") : send();
  });
  await setUser(owner, { displayName: "Anew", cohort: "Black" });
  await refreshCopies({ ...owner, database }, owner.actor.username);
  expect(conflicts).toBe(3);
  expect(await getAvailability(owner, availability)).toMatchObject({ ownerDisplayName: "Anew" });
});

describe("keys that are left unread", () => {
  test("are asked for again, until all are read", async () => {
    const owner = await newMember();
    const availabilities = await Promise.all([
      postAvailability(owner),
      postAvailability(owner),
      postAvailability(owner),
    ]);
    let left = 2;
    const database = wiredDatabase(async (operation, send, input) => {
      if (operation !== "BatchGetItem" || left-- <= 0) return send();
      return answer({ Responses: {}, UnprocessedKeys: JSON.parse(input).RequestItems });
    });
    const { items } = await listAvailabilities({ ...owner, database }, { limit: 25 });
    expect(items).toHaveLength(availabilities.length);
    expect(left).toBeLessThan(0);
  });

  test("without end are unavailable", async () => {
    const owner = await newMember();
    await postAvailability(owner);
    const database = wiredDatabase(async (operation, send, input) =>
      operation === "BatchGetItem"
        ? answer({ Responses: {}, UnprocessedKeys: JSON.parse(input).RequestItems })
        : send(),
    );
    expect(await rejection(listAvailabilities({ ...owner, database }, { limit: 25 }))).toSatisfy(
      isUnavailable,
    );
  });
});

test("more keys than one request takes are read, of several tables, and what is not there is left out", async () => {
  const members = await newMembers(120);
  const availability = await postAvailability(members[0] ?? (await newMember()));
  const found = await batchGet(testDatabase(), {
    Users: [...members.map(({ actor }) => ({ username: actor.username })), { username: "nobody" }],
    Availabilities: [{ owner: availability.owner, id: availability.id }],
    Meetings: [{ id: "none" }],
  });
  expect(new Set(found.Users.map((user) => user["username"]))).toEqual(
    new Set(members.map(({ actor }) => actor.username)),
  );
  expect(found.Availabilities).toMatchObject([{ id: availability.id }]);
  expect(found.Meetings).toEqual([]);
});

test("an availability that is seen at two times, because it moves while the calendar is read, comes once", async () => {
  const owner = await newMember();
  const availability = await postAvailability(owner);
  // A Query is no snapshot: it may meet an entry both before and after it moved.
  const database = wiredDatabase(async (operation, send) => {
    const answered = await send();
    if (operation !== "Query") return answered;
    const body = (await json(answered.body as Readable)) as { Items: Record<string, { S: string }>[] };
    const moved = body.Items.map((item) => ({
      ...item,
      entry: { S: `window#${shift(availability.startTime, hour)}#${availability.id}` },
    }));
    return answer({ ...body, Items: [...body.Items, ...moved] });
  });
  const ctx = { ...owner, database };
  const span = { from: availability.startTime, to: shift(availability.startTime, 9 * hour) };
  expect((await getCalendar(ctx, span)).availabilities).toEqual([availability]);
  expect((await listAvailabilities(ctx, { limit: 25 })).items).toEqual([availability]);
});
