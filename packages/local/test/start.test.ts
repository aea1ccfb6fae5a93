import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { DeleteTableCommand, DynamoDBClient, ListTablesCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import type { AppRouter } from "@kumite/api";
import { createDatabase } from "@kumite/core/database";
import { loadItems, readFormerData } from "@kumite/core/testing";
import { createTRPCClient, httpLink } from "@trpc/client";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { credentials, region } from "../src/aws.ts";
import { createTables, type Stack, startDynamo, startStack } from "../src/index.ts";
import { findPort } from "../src/ports.ts";
import { signIn } from "../src/sign-in.ts";
import { childrenOf } from "./processes.ts";

const password = "Passw0rd!x";

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), "kumite-start-"));
});
afterEach(() => rm(dataDir, { recursive: true }));

async function tablesAt(endpoint: string): Promise<string[]> {
  const client = new DynamoDBClient({ endpoint, region, credentials });
  const { TableNames = [] } = await client.send(new ListTablesCommand({}));
  client.destroy();
  return TableNames;
}

async function enter({ outputs }: Stack, name: string) {
  const token = await signIn(outputs, { email: "ann@example.com", name, password });
  const headers = { authorization: `Bearer ${token}` };
  return createTRPCClient<AppRouter>({ links: [httpLink({ url: outputs.api, headers })] });
}

describe("databases that start at the same moment and prefer the same port", () => {
  test("get separate ports and separate tables", async () => {
    const port = await findPort();
    const started = await Promise.allSettled(Array.from({ length: 4 }, () => startDynamo({ port })));
    const databases = started.flatMap((start) => (start.status === "fulfilled" ? [start.value] : []));
    try {
      expect(started.map(({ status }) => status)).toEqual(Array(4).fill("fulfilled"));
      expect(new Set(databases.map(({ endpoint }) => endpoint)).size).toBe(4);
      for (const [index, { endpoint }] of databases.entries()) await createTables(endpoint, `of-${index}-`);
      for (const [index, { endpoint }] of databases.entries()) {
        const own = (await tablesAt(endpoint)).map((name) => name.startsWith(`of-${index}-`));
        expect(own).not.toContain(false);
        expect(own).not.toHaveLength(0);
      }
    } finally {
      await Promise.all(databases.map(({ stop }) => stop()));
    }
  });

  test("use another port if another program takes theirs while they start", async () => {
    const before = await childrenOf(process.pid);
    const port = await findPort();
    let anonymous: Server | undefined;
    const dynamo = await startDynamo({
      port,
      // DynamoDB Local prints its port before it listens.
      onOutput: () => {
        anonymous ??= createServer((_, response) => response.end("{}")).listen(port);
      },
    });
    try {
      expect(dynamo.endpoint).not.toBe(`http://127.0.0.1:${port}`);
      expect(await tablesAt(dynamo.endpoint)).toEqual([]);
      expect(await childrenOf(process.pid)).toHaveLength(before.length + 1);
    } finally {
      anonymous?.close();
      await dynamo.stop();
    }
  });
});

test("two stacks that start at the same moment each serve their own members", async () => {
  const port = await findPort();
  const start = () => startStack({ web: false, demo: false, port });
  const started = await Promise.allSettled([start(), start()]);
  const stacks = started.flatMap((start) => (start.status === "fulfilled" ? [start.value] : []));
  try {
    expect(started.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled"]);
    for (const [index, stack] of stacks.entries()) {
      const member = await enter(stack, `Ann of ${index}`);
      expect(await member.user.get.query({})).toMatchObject({ displayName: `Ann of ${index}` });
    }
  } finally {
    await Promise.all(stacks.map(({ stop }) => stop()));
  }
});

test("a stack starts on the same data as soon as the previous one has stopped", async () => {
  const port = await findPort();
  for (let round = 0; round < 4; round++) {
    const stack = await startStack({ dataDir, web: false, demo: false, port });
    try {
      const member = await enter(stack, "Ann");
      expect(await member.user.get.query({})).toMatchObject({ bio: round === 0 ? "" : `round ${round - 1}` });
      await member.user.set.mutate({ bio: `round ${round}` });
    } finally {
      await stack.stop();
    }
  }
});

test("migrates the data of an older version when a stack starts", async () => {
  const former = readFormerData();
  const dynamo = await startDynamo({ dataDir: path.join(dataDir, "dynamo") });
  try {
    const names = await createTables(dynamo.endpoint);
    vi.stubEnv("AWS_ENDPOINT_URL_DYNAMODB", dynamo.endpoint);
    vi.stubEnv("AWS_REGION", region);
    vi.stubEnv("AWS_ACCESS_KEY_ID", credentials.accessKeyId);
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey);
    const database = createDatabase(names);
    // A few, because every write waits for the disk.
    const { Users, Availabilities } = former.tables;
    const some = {
      Users,
      Availabilities: Availabilities.slice(0, 10),
      Openings: [],
      Meetings: [],
      Calendar: [],
    };
    await loadItems(database, some);
    // The first versions had neither.
    for (const TableName of [names.Migrations, names.Openings]) {
      await database.client.send(new DeleteTableCommand({ TableName }));
    }
    database.client.destroy();
  } finally {
    vi.unstubAllEnvs();
    await dynamo.stop();
  }

  const stack = await startStack({ dataDir, web: false, demo: false });
  const client = new DynamoDBClient({ endpoint: stack.outputs.dynamoEndpoint, region, credentials });
  try {
    const TableName = stack.outputs.tables.users;
    const { Items = [] } = await client.send(new ScanCommand({ TableName, ConsistentRead: true }));
    expect(Items.map(({ revision }) => revision?.N)).toEqual(former.tables.Users.map(() => "1"));
    expect(await tablesAt(stack.outputs.dynamoEndpoint)).toEqual(
      expect.arrayContaining(["kumite-Migrations", "kumite-Openings"]),
    );
  } finally {
    client.destroy();
    await stack.stop();
  }
});

describe("several processes that lock one data directory at the same moment", () => {
  const staleSince = new Date(0);

  test.each([
    ["a new directory", async () => {}],
    [
      "a directory whose last process was killed",
      async () => {
        await writeFile(path.join(dataDir, "lock"), String(process.pid));
        await utimes(path.join(dataDir, "lock"), staleSince, staleSince);
      },
    ],
  ])("only one gets it, and the others name its process: %s", async (_, prepare) => {
    await prepare();
    const script = path.join(import.meta.dirname, "fixtures", "lock.ts");
    const env = { ...process.env, KUMITE_DATA_DIR: dataDir };
    const children = Array.from({ length: 8 }, () => fork(script, { env, execArgv: [] }));
    try {
      await Promise.all(children.map((child) => once(child, "message")));
      const outcomes = children.map(async (child) => String((await once(child, "message"))[0]));
      for (const child of children) child.send("go");
      const said = await Promise.all(outcomes);
      const winner = children[said.indexOf("locked")];
      const others = said.filter((outcome) => outcome !== "locked");
      expect(others).toHaveLength(7);
      for (const words of others) {
        expect(words).toBe(
          `This checkout is already running as process ${winner?.pid}: use that one, or stop it and start again.`,
        );
      }
    } finally {
      for (const child of children) child.kill();
    }
  });
});
