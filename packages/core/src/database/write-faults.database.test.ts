/** Writes during faults that DynamoDB Local cannot produce: conflicts, throttling, and lost answers. */
import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import {
  deleteAvailability,
  getAvailability,
  listAvailabilities,
  setAvailability,
} from "../availabilities/index.ts";
import { cancelMeeting } from "../booking/index.ts";
import type { MemberContext } from "../context/context.ts";
import { Unavailable } from "../errors.ts";
import { hour, shift } from "../instant.ts";
import { getMeeting, listMeetings } from "../meetings/index.ts";
import { refreshCopies } from "../profile/refresh-copies.ts";
import {
  type answer,
  availabilityInput,
  book,
  checkInvariants,
  dropped,
  errorAnswer,
  newMember,
  newMembers,
  outcomeOf,
  postAvailability,
  rejection,
  testDatabase,
  wiredDatabase,
} from "../testing/index.ts";
import { createUser, getUser, setUser } from "../users/index.ts";
import type { Database } from "./database.ts";
import { isUnavailable } from "./unavailable.ts";

/** A transaction canceled with these reasons, one for each item. */
function canceled(...codes: string[]) {
  const CancellationReasons = codes.map((Code) => (Code === "None" ? { Code } : { Code, Message: Code }));
  return errorAnswer("TransactionCanceledException", { CancellationReasons });
}

type Answer = ReturnType<typeof answer>;

/** A database whose first `times` transactions are answered by `fault`. `sent` counts all transactions. */
function faulty(times: number, fault: (send: () => Promise<unknown>) => Answer | Promise<Answer>) {
  const counted = { sent: 0 };
  const database = wiredDatabase(async (operation, send) => {
    if (operation !== "TransactWriteItems" || counted.sent++ >= times) return send();
    return fault(send);
  });
  return { database, counted };
}

/** The verbs that write more than one item, each with separate members. `check` examines the result. */
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
  /** Whether a client that repeats the call gets the same answer again. */
  repeats?: boolean;
}

test("an edit whose answer is lost succeeds, even if its owner is busy by then", async () => {
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

// Most of these wait between attempts. Concurrent tests wait at the same time.
describe.concurrent.each(Object.entries(verbs))("%s", (_, prepare) => {
  test.each([
    ["another transaction has locked an item", () => canceled("None", "TransactionConflict")],
    ["an item is throttled", () => canceled("ThrottlingError", "None")],
    ["the table is throttled", () => errorAnswer("ProvisionedThroughputExceededException")],
    ["the account is throttled", () => errorAnswer("ThrottlingException")],
    ["the same transaction is still in progress", () => errorAnswer("TransactionInProgressException")],
    ["the service fails", () => errorAnswer("InternalServerError", {}, 500)],
  ])("succeeds after failing twice: %s", async (__, fault) => {
    const { people, run, check } = await prepare();
    const { database, counted } = faulty(2, fault);
    await check(await run(database));
    expect(counted.sent).toBe(3);
    await checkInvariants(people);
  });

  test("the connection breaks before anything is sent: written once", async () => {
    const { people, run, check } = await prepare();
    const { database } = faulty(1, () => Promise.reject(dropped()));
    await check(await run(database));
    await checkInvariants(people);
  });

  test("the answer is lost after the commit: written once, and the call succeeds", async () => {
    const { people, run, check } = await prepare();
    const { database, counted } = faulty(1, async (send) => {
      await send();
      throw dropped();
    });
    await check(await run(database));
    // The SDK retries it with the same token.
    expect(counted.sent).toBe(2);
    await checkInvariants(people);
  });

  test("the answer is lost after the commit, and the retry gets a conflict: written once, and the call succeeds", async () => {
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

  test("every answer is lost after the commit: a read shows that it was written", async () => {
    const { people, run, check } = await prepare();
    const { database } = faulty(Number.POSITIVE_INFINITY, async (send) => {
      await send();
      throw dropped();
    });
    await check(await run(database));
    await checkInvariants(people);
  });

  test("all answers are lost from the commit on: unavailable, and retrying is safe", async () => {
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

  test("a malformed item is a defect and is not retried", async () => {
    const { run } = await prepare();
    const { database, counted } = faulty(1, () => canceled("None", "ValidationError"));
    const error = await rejection(run(database));
    expect(error).toMatchObject({ name: "TransactionCanceledException" });
    expect(isUnavailable(error)).toBe(false);
    expect(counted.sent).toBe(1);
  });
});

test("a deletion that failed does not mistake another deletion for its own", async () => {
  const owner = await newMember();
  const availability = await postAvailability(owner);
  const { database } = faulty(1, async () => {
    await deleteAvailability(owner, availability);
    return errorAnswer("ThrottlingException");
  });
  expect(await outcomeOf(deleteAvailability({ ...owner, database }, availability))).toBe("NOT_FOUND");
});

test("a booking whose answer is lost and that is canceled before its retry is made once", async () => {
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

test.concurrent("a permanent conflict is reported as unavailable, and changes nothing", async () => {
  const [owner, member] = await newMembers(2);
  const availability = await postAvailability(owner);
  const { database, counted } = faulty(Number.POSITIVE_INFINITY, () => canceled("TransactionConflict"));
  expect(await rejection(book({ ...member, database }, availability))).toBeInstanceOf(Unavailable);
  expect(counted.sent).toBeGreaterThan(10);
  expect(await getAvailability(owner, availability)).toEqual(availability);
  await checkInvariants([owner, member]);
});

test("a user is created once, even if the answer is lost", async () => {
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

test("a new name reaches an availability even if another transaction locks it for a moment", async () => {
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
