/**
 * Who may call what: every procedure of the router with every kind of token, and as every kind of member, through the
 * Lambda entry point with real signatures. The table that comes of it is printed.
 */
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { appRouter } from "@kumite/api/server";
import { deleteUser } from "@kumite/core/accounts";
import type { Availability } from "@kumite/core/availabilities/schema";
import { community } from "@kumite/core/community";
import { memberActor } from "@kumite/core/context";
import type { Meeting } from "@kumite/core/meetings/schema";
import {
  availabilityInput,
  book,
  linkTestDatabase,
  newMembers,
  postAvailability,
  testDatabase,
} from "@kumite/core/testing";
import type { APIGatewayProxyEventV2, Context } from "aws-lambda";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";

// biome-ignore lint/suspicious/noExplicitAny: whatever a procedure answers, as its row reads it
type Json = any;

/** A group of three with one seat taken: its four people see it from four sides. */
interface Scene {
  readonly owner: string;
  readonly participant: string;
  readonly anonymous: string;
  readonly outsider: string;
  /** One of the outsider's kind whose token has the group of admins. */
  readonly admin: string;
  readonly availability: Availability;
  /** What posts this availability, and edits it where an `id` is added. */
  readonly input: ReturnType<typeof availabilityInput>;
  readonly meeting: Meeting;
}

interface Row {
  input: (scene: Scene) => unknown;
  /** What a success showed, in a word. */
  shown: (data: Json, scene: Scene, caller: string) => string;
  /** What comes of it, by who calls. */
  anonymous: string;
  owner: string;
  participant: string;
  outsider: string;
  /** As the outsider where left out: an admin has no more rights on what is others'. */
  admin?: string;
}

const everyone = (outcome: string) => ({
  anonymous: outcome,
  owner: outcome,
  participant: outcome,
  outsider: outcome,
});
const has = (items: { id: string }[], { id }: { id: string }) => items.some((item) => item.id === id);
const key = ({ availability: { owner, id } }: Scene) => ({ owner, id });
const span = ({ availability: { startTime, endTime } }: Scene) => ({ from: startTime, to: endTime });

const unchangedCommunity = {
  name: community.name,
  defaultLocation: community.defaultLocation,
  cohorts: community.cohorts.map((id) => ({ id, label: id })),
  types: community.types,
};

/** What the user pool says of everyone. */
const newEmail = "verified@example.com";

/** What each procedure answers to each kind of member. Several uses of one stand apart by a word after its name. */
const rows: Record<string, Row> = {
  "community.get": {
    input: () => undefined,
    shown: (data) => (data.cohorts.length > 0 ? "shown" : "WRONG"),
    ...everyone("shown"),
  },
  "community.settings": {
    input: () => undefined,
    shown: (data) => (data.types.length > 0 ? "shown" : "WRONG"),
    ...everyone("NOT_ADMIN"),
    admin: "shown",
  },
  "community.set, of a revision that is none": {
    input: () => ({ revision: 999, ...unchangedCommunity }),
    shown: () => "WRONG",
    ...everyone("NOT_ADMIN"),
    admin: "CHANGED_MEANWHILE",
  },
  "user.get, oneself": {
    input: () => ({}),
    shown: (data, _, caller) => (data.username === caller && "email" in data ? "own" : "WRONG"),
    ...everyone("own"),
  },
  "user.get, the owner": {
    input: ({ owner }) => ({ username: owner }),
    shown: (data) => ("email" in data || "notifications" in data ? "own" : "public"),
    ...everyone("public"),
    owner: "own",
  },
  "user.set": {
    input: () => ({ bio: "Changed" }),
    shown: (data, _, caller) => (data.username === caller ? "own" : "WRONG"),
    ...everyone("own"),
  },
  "user.block": {
    input: ({ outsider }) => ({ username: outsider }),
    shown: ({ blocked }, { outsider }) =>
      blocked.length === 1 && blocked[0].username === outsider && !("email" in blocked[0])
        ? "blocked"
        : "WRONG",
    ...everyone("blocked"),
    outsider: "BAD_REQUEST",
    admin: "blocked",
  },
  "user.unblock": {
    input: ({ outsider }) => ({ username: outsider }),
    shown: ({ blocked }) => (blocked.length === 0 ? "done" : "WRONG"),
    ...everyone("done"),
  },
  "user.listBlocked": {
    input: () => undefined,
    shown: ({ blocked }) => (blocked.length === 0 ? "own" : "WRONG"),
    ...everyone("own"),
  },
  "user.export": {
    input: () => ({}),
    shown: (data, { availability, meeting }, caller) => {
      const own = [...data.availabilities.map(({ owner }: Json) => owner === caller)];
      const part = data.meetings.map(({ owner, participant }: Json) => [owner, participant].includes(caller));
      if (data.profile.username !== caller || [...own, ...part].includes(false)) return "WRONG";
      return (
        [has(data.availabilities, availability) && "availability", has(data.meetings, meeting) && "meeting"]
          .filter(Boolean)
          .join("+") || "own"
      );
    },
    ...everyone("own"),
    owner: "availability+meeting",
    participant: "meeting",
  },
  "user.refreshEmail": {
    input: () => ({}),
    shown: (data, _, caller) => (data.username === caller && data.email === newEmail ? "own" : "WRONG"),
    ...everyone("own"),
  },
  "user.delete": {
    input: () => ({ displayName: "A member" }),
    shown: (data) => ("deletedAt" in data ? "deleted" : "WRONG"),
    ...everyone("deleted"),
  },
  "user.delete, by another name": {
    input: () => ({ displayName: "Another" }),
    shown: () => "WRONG",
    ...everyone("BAD_REQUEST"),
  },
  "availability.set, anew": {
    input: ({ input }) => input,
    shown: (data, { availability }, caller) =>
      data.owner === caller && data.id !== availability.id ? "own" : "WRONG",
    ...everyone("own"),
    // They have a meeting then.
    owner: "OWNER_BUSY",
    participant: "OWNER_BUSY",
  },
  "availability.set, an edit": {
    input: ({ input, availability }) => ({ ...input, id: availability.id, description: "Changed" }),
    shown: (data, { availability }) => (data.id === availability.id ? "changed" : "WRONG"),
    ...everyone("NOT_FOUND"),
    owner: "changed",
  },
  "availability.get": {
    input: key,
    shown: (data, { availability }) => (data.id === availability.id ? "shown" : "WRONG"),
    ...everyone("shown"),
  },
  "availability.get, its link": {
    input: key,
    shown: ({ link }, { availability }) =>
      link === undefined ? "no link" : link === availability.link ? "link" : "WRONG",
    ...everyone("no link"),
    owner: "link",
  },
  "availability.get, its people": {
    input: key,
    shown: ({ participants }) => (participants.length > 0 ? "shown" : "nobody"),
    ...everyone("shown"),
    outsider: "nobody",
  },
  "availability.list": {
    input: () => ({}),
    shown: ({ items }, { availability }) =>
      has(items, availability) ? "it" : items.length > 0 ? "WRONG" : "nothing",
    ...everyone("nothing"),
    owner: "it",
  },
  "availability.search": {
    input: (scene) => ({ ...span(scene), limit: 100 }),
    shown: ({ items }, { availability }) => (has(items, availability) ? "it" : "not it"),
    ...everyone("not it"),
    anonymous: "it",
  },
  "availability.delete": {
    input: ({ availability }) => ({ id: availability.id }),
    shown: () => "deleted",
    ...everyone("NOT_FOUND"),
    owner: "HAS_BOOKINGS",
  },
  "availability.withdraw": {
    input: ({ availability }) => ({ id: availability.id }),
    shown: (data, { availability }) =>
      data.id === availability.id && data.status === "CANCELED" ? "withdrawn" : "WRONG",
    ...everyone("NOT_FOUND"),
    owner: "withdrawn",
  },
  "availability.book": {
    input: key,
    shown: (data, { meeting }, caller) =>
      data.participant !== caller ? "WRONG" : data.id === meeting.id ? "the same" : "booked",
    anonymous: "booked",
    owner: "OWN_AVAILABILITY",
    participant: "the same",
    outsider: "COHORT_NOT_ALLOWED",
  },
  "meeting.get": {
    input: ({ meeting }) => ({ id: meeting.id }),
    shown: (data, { meeting }) => (data.id === meeting.id ? "shown" : "WRONG"),
    ...everyone("NOT_YOURS"),
    owner: "shown",
    participant: "shown",
  },
  "meeting.get, its link": {
    input: ({ meeting }) => ({ id: meeting.id }),
    shown: ({ link }, { availability }) => (link === availability.link ? "link" : "WRONG"),
    ...everyone("NOT_YOURS"),
    owner: "link",
    participant: "link",
  },
  "meeting.list": {
    input: () => ({}),
    shown: ({ items }, { meeting }) => (has(items, meeting) ? "it" : items.length > 0 ? "WRONG" : "nothing"),
    ...everyone("nothing"),
    owner: "it",
    participant: "it",
  },
  "meeting.cancel": {
    input: ({ meeting }) => ({ id: meeting.id }),
    shown: (data, _, caller) => (data.canceledBy === caller ? "canceled" : "WRONG"),
    ...everyone("NOT_YOURS"),
    owner: "canceled",
    participant: "canceled",
  },
  "calendar.get": {
    input: span,
    shown: ({ availabilities, meetings }, { availability, meeting }) =>
      [has(availabilities, availability) && "availability", has(meetings, meeting) && "meeting"]
        .filter(Boolean)
        .join("+") || (availabilities.length + meetings.length > 0 ? "WRONG" : "nothing"),
    ...everyone("nothing"),
    owner: "availability+meeting",
    participant: "meeting",
  },
};
const procedureOf = (row: string) => row.split(",")[0] ?? row;

/** Procedures that ask nobody who they are. */
const open = new Set(["community.get"]);
const members = ["anonymous", "owner", "participant", "outsider", "admin"] as const;

// Lazy routers know their procedures once they are loaded.
await Promise.all(Object.values(appRouter._def.lazy).map((router) => router.load()));
const procedures = Object.entries(
  appRouter._def.procedures as unknown as Record<string, { _def: { type: "query" | "mutation" } }>,
);
const typeOf = new Map(procedures.map(([path, { _def }]) => [path, _def.type]));

const clientId = "the-client";
const issuer = "https://issuer.example/pool";

let handler: typeof import("./trpc.ts").handler;
/** Tokens that say they are somebody's, and are none. */
let badTokens: Record<string, (username: string) => Promise<string> | string | undefined>;
let sign: (given: JWTPayload) => Promise<string>;
let closePool: () => void;

beforeAll(async () => {
  const [own, foreign] = await Promise.all([
    generateKeyPair("RS256", { extractable: true }),
    generateKeyPair("RS256"),
  ]);
  const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(own.publicKey)), kid: "own", use: "sig" }] });
  const UserAttributes = [
    { Name: "email", Value: newEmail },
    { Name: "email_verified", Value: "true" },
  ];
  const server = createServer((_, response) =>
    response.end(JSON.stringify({ Username: "someone", UserAttributes })),
  ).listen(0, "127.0.0.1");
  await once(server, "listening");
  closePool = () => server.close();

  const claims = (given: JWTPayload): JWTPayload => {
    const now = Math.floor(Date.now() / 1_000);
    const token = { iss: issuer, client_id: clientId, token_use: "access", iat: now, exp: now + 3_600 };
    return { ...token, ...given };
  };
  const signed = (given: JWTPayload, privateKey = own.privateKey) =>
    new SignJWT(claims(given)).setProtectedHeader({ alg: "RS256", kid: "own" }).sign(privateKey);
  sign = signed;
  const parts = async (username: string) => (await signed({ username })).split(".");
  badTokens = {
    "no token": () => undefined,
    expired: (username) => signed({ username, exp: Math.floor(Date.now() / 1_000) - 1 }),
    "other pool": (username) => signed({ username, iss: `${issuer}2` }),
    "other client": (username) => signed({ username, client_id: "another" }),
    "ID token": (username) =>
      signed({ username, "cognito:username": username, token_use: "id", aud: clientId }),
    "alg none": (username) => new UnsecuredJWT(claims({ username })).encode(),
    "other key": (username) => signed({ username }, foreign.privateKey),
    "other claims": async (username) => {
      const [header, , signature] = await parts("somebody-else");
      const [, payload] = await parts(username);
      return `${header}.${payload}.${signature}`;
    },
    "bit turned": async (username) => {
      const [header, payload, signature = ""] = await parts(username);
      return `${header}.${payload}.${signature.startsWith("A") ? "B" : "A"}${signature.slice(1)}`;
    },
  };

  linkTestDatabase();
  const pool = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  process.env["AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER"] = pool;
  const auth = { userPoolId: "pool", clientId, issuer, jwksUri: "https://127.0.0.1:9/", jwks };
  process.env["SST_RESOURCE_Auth"] = JSON.stringify(auth);
  process.env["SST_RESOURCE_CursorKey"] = JSON.stringify({ value: "a secret" });
  // Reads its links when it is loaded, as on Lambda.
  ({ handler } = await import("./trpc.ts"));
});
afterAll(() => closePool());

async function setScene(): Promise<Scene> {
  const now = new Date();
  const [owner, participant, anonymous] = await newMembers(3, { now });
  const [outsider, admin] = await newMembers(2, { now, cohort: "Black" });
  // At a time of its own, so that a search of that time finds it on the first page.
  const startTime = new Date(now.getTime() + randomInt(1, 360 * 24 * 60) * 60_000).toISOString();
  const input = availabilityInput({ startTime, maxParticipants: 3, link: "https://meet.example/room" }, now);
  const availability = await postAvailability(owner, input);
  const meeting = await book(participant, availability);
  return {
    owner: owner.actor.username,
    participant: participant.actor.username,
    anonymous: anonymous.actor.username,
    outsider: outsider.actor.username,
    admin: admin.actor.username,
    availability,
    input,
    meeting,
  };
}

interface Answer {
  status: number;
  data: Json;
  error: Json;
  /** Database requests made for it. */
  requests: unknown;
}

let addresses = 0;
function newAddress(): string {
  addresses++;
  return `10.0.${addresses >> 8}.${addresses & 255}`;
}

async function call(path: string, input: unknown, token: string | undefined): Promise<Answer> {
  const isQuery = typeOf.get(path) === "query";
  const json = input === undefined ? undefined : JSON.stringify(input);
  const event = {
    version: "2.0",
    rawPath: `/api/trpc/${path}`,
    rawQueryString: isQuery && json !== undefined ? `input=${encodeURIComponent(json)}` : "",
    headers: {
      "content-type": "application/json",
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    pathParameters: { proxy: path },
    // From an address of its own each, so that no limit of calls comes in between.
    requestContext: { http: { method: isQuery ? "GET" : "POST", sourceIp: newAddress() } },
    ...(!isQuery && { body: json ?? "" }),
    isBase64Encoded: false,
  } as unknown as APIGatewayProxyEventV2;
  const output = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  try {
    const { statusCode = 0, body = "" } = await handler(event, { awsRequestId: "a-request" } as Context);
    const { result, error } = JSON.parse(body);
    const { requests } = JSON.parse(String(output.mock.calls.at(-1)?.[0]));
    return { status: statusCode, data: result?.data, error: error?.data, requests };
  } finally {
    output.mockRestore();
  }
}

const outcomes = new Map<string, string[]>();
function note(row: string, column: string, outcome: string): void {
  const cells = outcomes.get(row) ?? [];
  cells[columns().indexOf(column)] = outcome;
  outcomes.set(row, cells);
}
const columns = () => [...Object.keys(badTokens), "deleted", ...members];

test("every procedure has a row, and every row a procedure", () => {
  const missing = procedures
    .map(([path]) => path)
    .filter((path) => !Object.keys(rows).map(procedureOf).includes(path));
  expect(missing, "Say who may call it: add a row to `rows` in access.database.test.ts").toEqual([]);
  expect(Object.keys(rows).filter((row) => !typeOf.has(procedureOf(row)))).toEqual([]);
});

describe.each(Object.entries(rows))("%s", (name, row) => {
  const path = procedureOf(name);

  test("with a token that is none", async () => {
    const scene = await setScene();
    for (const [kind, make] of Object.entries(badTokens)) {
      // Each says it is the owner's, who may do the most.
      const { status, data, error, requests } = await call(path, row.input(scene), await make(scene.owner));
      note(name, kind, error === undefined ? row.shown(data, scene, scene.owner) : String(status));
      if (open.has(path)) {
        expect(error, kind).toBeUndefined();
      } else {
        expect(error, kind).toMatchObject({ code: "UNAUTHORIZED", httpStatus: 401 });
        expect({ kind, status, requests }).toEqual({ kind, status: 401, requests: 0 });
      }
    }
  });

  test("with the token of a member whose account is deleted", async () => {
    const scene = await setScene();
    const ctx = { now: new Date(), database: testDatabase(), actor: memberActor(scene.owner), cursorKey: "" };
    await deleteUser(
      ctx,
      { displayName: "A member" },
      { remove: async () => {}, find: async () => undefined },
    );
    for (const input of [row.input(scene), { nonsense: true }]) {
      const { data, error } = await call(path, input, await sign({ username: scene.owner }));
      note(
        name,
        "deleted",
        error === undefined ? row.shown(data, scene, scene.owner) : String(error.httpStatus),
      );
      if (open.has(path)) expect(error).toBeUndefined();
      else expect(error, JSON.stringify(input)).toMatchObject({ code: "UNAUTHORIZED", httpStatus: 401 });
    }
  });

  test.each(members)("as %s", async (who) => {
    const scene = await setScene();
    const caller = scene[who];
    const { data, error } = await call(
      path,
      row.input(scene),
      await sign({ username: caller, ...(who === "admin" && { "cognito:groups": ["admins"] }) }),
    );
    const outcome = error === undefined ? row.shown(data, scene, caller) : (error.reason ?? error.code);
    note(name, who, outcome);
    expect(outcome).toBe(row[who] ?? row.outsider);
  });
});

afterAll(() => {
  const table = [["", ...columns()], ...[...outcomes].map(([row, cells]) => [row, ...cells])];
  const widths = table[0]?.map((_, at) => Math.max(...table.map((cells) => (cells[at] ?? "").length))) ?? [];
  const lines = table.map((cells) => widths.map((width, at) => (cells[at] ?? "").padEnd(width)).join("  "));
  process.stdout.write(`\nWho may call what (401: UNAUTHORIZED)\n${lines.join("\n")}\n`);
});
