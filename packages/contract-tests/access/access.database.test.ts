/**
 * Who may call what: calls every procedure with every kind of token and as every kind of member, through the Lambda
 * entry point, with real signatures. Prints the results as a table.
 */
import { deleteUser } from "@kumite/core/accounts";
import { memberActor } from "@kumite/core/context";
import { linkTestDatabase, testDatabase } from "@kumite/core/testing";
import type { APIGatewayProxyEventV2, Context } from "aws-lambda";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { procedures } from "../hostile/procedures.ts";
import { startPool } from "./pool.ts";
import { type Json, procedureOf, rows } from "./rows.ts";
import { setScene } from "./scene.ts";

/** Procedures that do not check the token. */
const open = new Set(["community.get"]);
const members = ["anonymous", "owner", "participant", "outsider", "admin"] as const;
const typeOf = new Map(procedures.map(({ path, type }) => [path, type]));

let handler: typeof import("@kumite/functions/trpc").handler;
let pool: Awaited<ReturnType<typeof startPool>>;

beforeAll(async () => {
  pool = await startPool();
  linkTestDatabase();
  process.env["AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER"] = pool.url;
  process.env["SST_RESOURCE_Auth"] = JSON.stringify(pool.auth);
  process.env["SST_RESOURCE_CursorKey"] = JSON.stringify({ value: "a secret" });
  // Imported here, because it reads its links at import, as on Lambda.
  ({ handler } = await import("@kumite/functions/trpc"));
});
afterAll(() => pool.close());

interface Answer {
  status: number;
  data: Json;
  error: Json;
  /** The number of database requests of the call. */
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
    // Each call has its own address, so that no rate limit interferes.
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
const columns = () => [...Object.keys(pool.badTokens), "deleted", ...members];

test("every procedure has a row, and every row has a procedure", () => {
  const missing = procedures
    .map(({ path }) => path)
    .filter((path) => !Object.keys(rows).map(procedureOf).includes(path));
  expect(missing, "Say who may call it: add a row to `rows` in access/rows.ts").toEqual([]);
  expect(Object.keys(rows).filter((row) => !typeOf.has(procedureOf(row)))).toEqual([]);
});

describe.each(Object.entries(rows))("%s", (name, row) => {
  const path = procedureOf(name);

  test("with an invalid token", async () => {
    const scene = await setScene();
    for (const [kind, make] of Object.entries(pool.badTokens)) {
      // Each claims to be the owner's, who may do the most.
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
      const { data, error } = await call(path, input, await pool.sign({ username: scene.owner }));
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
      await pool.sign({ username: caller, ...(who === "admin" && { "cognito:groups": ["admins"] }) }),
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
