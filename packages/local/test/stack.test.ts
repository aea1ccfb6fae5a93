import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { DescribeTableCommand, DescribeTimeToLiveCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { AppRouter } from "@kumite/api";
import { createTRPCClient, httpLink } from "@trpc/client";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { credentials, region } from "../src/aws.ts";
import { createTables, type Outputs, type Stack, startDynamo, startStack } from "../src/index.ts";
import { signIn } from "../src/sign-in.ts";
import { answers, childrenOf } from "./processes.ts";

const password = "Passw0rd!x";
const addressesOf = ({ web, cognitoEndpoint, dynamoEndpoint, mailbox }: Outputs) => [
  web,
  cognitoEndpoint,
  dynamoEndpoint,
  mailbox,
];

function connect({ api }: Outputs, accessToken: string) {
  const headers = { authorization: `Bearer ${accessToken}` };
  return createTRPCClient<AppRouter>({ links: [httpLink({ url: api, headers })] });
}

describe("a stack in memory", () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ web: false, demo: false, accessTokenSeconds: 4 });
  });
  afterAll(() => stack.stop());

  test("returns all addresses", () => {
    const url = expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(stack.outputs).toEqual({
      web: expect.stringMatching(/^http:\/\/localhost:\d+$/),
      api: `${stack.outputs.web}/api/trpc`,
      region: "us-east-1",
      userPoolId: expect.stringMatching(/^us-east-1_[0-9a-z]{9}$/),
      userPoolClientId: expect.stringMatching(/^[0-9a-z]{26}$/),
      cognitoEndpoint: url,
      dynamoEndpoint: url,
      mailbox: url,
      tables: {
        users: "kumite-Users",
        availabilities: "kumite-Availabilities",
        openings: "kumite-Openings",
        meetings: "kumite-Meetings",
        calendar: "kumite-Calendar",
        counters: "kumite-Counters",
        migrations: "kumite-Migrations",
        community: "kumite-Community",
      },
      demo: { password: expect.any(String), emails: [] },
    });
  });

  test("makes a user who confirms a member, whom the API accepts until the token expires", async () => {
    const account = { email: "ann@example.com", name: "Ann", password };
    const member = connect(stack.outputs, await signIn(stack.outputs, account));
    const profile = await member.user.get.query({});
    expect(profile).toMatchObject({ displayName: "Ann", email: "ann@example.com" });
    await vi.waitFor(
      () => expect(member.user.get.query({})).rejects.toMatchObject({ data: { code: "UNAUTHORIZED" } }),
      { timeout: 10_000, interval: 200 },
    );
  });

  test("shares nothing with another stack that runs at the same time", async () => {
    const other = await startStack({ web: false, demo: false });
    try {
      const account = { email: "ann@example.com", name: "Another Ann", password: "Other-passw0rd-1" };
      const member = connect(other.outputs, await signIn(other.outputs, account));
      expect(await member.user.get.query({})).toMatchObject({ displayName: "Another Ann" });
    } finally {
      await other.stop();
    }
    expect(await answers(stack.outputs.api)).toBe(true);
  });
});

describe("stopping", () => {
  test("ends every process and frees every port", async () => {
    const before = await childrenOf(process.pid);
    const stack = await startStack({ web: false, demo: false });
    expect(await childrenOf(process.pid)).toHaveLength(before.length + 2);
    await stack.stop();
    expect(await childrenOf(process.pid)).toEqual(before);
    for (const address of addressesOf(stack.outputs)) expect(await answers(address)).toBe(false);
  });

  test.each(["at once", "DynamoDB", "Lambda functions", "Demo data"])(
    "leaves nothing of an interrupted start: %s",
    async (moment) => {
      const before = await childrenOf(process.pid);
      const interrupt = new AbortController();
      const start = startStack({
        web: false,
        demo: true,
        signal: interrupt.signal,
        onParts: (parts) => {
          // The start is interrupted while "Demo data" loads, or once another part is up.
          const title = moment === "Demo data" ? "Lambda functions" : moment;
          const ready = parts.find((part) => part.title === title)?.ready ?? Promise.resolve();
          void ready.then(() => interrupt.abort(new Error("interrupted")));
        },
      });
      await expect(start).rejects.toThrow("interrupted");
      expect(await childrenOf(process.pid)).toEqual(before);
    },
  );

  test("is reported when a process ends by itself", async () => {
    const stack = await startStack({ web: false, demo: false });
    await killDatabase(stack);
    await expect(stack.failed).resolves.toMatchObject({ message: "DynamoDB Local ended unexpectedly." });
    await stack.stop();
  });

  test("ends the processes of a parent that is killed", async () => {
    const script = path.join(import.meta.dirname, "fixtures", "start-dynamo.ts");
    const parent = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "inherit"] });
    const endpoint = await new Promise<string>((resolve) => {
      parent.stdout.once("data", (data) => resolve(String(data).trim()));
    });
    expect(await answers(endpoint)).toBe(true);
    parent.kill("SIGKILL");
    await vi.waitFor(async () => expect(await answers(endpoint)).toBe(false), { timeout: 10_000 });
  });
});

test("a failing part ends the start and reports why", async () => {
  const before = await childrenOf(process.pid);
  const functions = { env: { NODE_OPTIONS: "--no-such-option" } };
  await expect(startStack({ web: false, demo: false, functions })).rejects.toThrow(
    /The functions' process ended while/,
  );
  expect(await childrenOf(process.pid)).toEqual(before);
});

test("a data directory keeps members and their data from one start to the next", async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), "kumite-stack-"));
  const account = { email: "ann@example.com", name: "Ann", password };
  try {
    const first = await startStack({ dataDir, web: false, demo: false });
    const before = connect(first.outputs, await signIn(first.outputs, account));
    await before.user.set.mutate({ bio: "Kept" });
    await first.stop();

    const second = await startStack({ dataDir, web: false, demo: false });
    const after = connect(second.outputs, await signIn(second.outputs, account));
    expect(await after.user.get.query({})).toMatchObject({ displayName: "Ann", bio: "Kept" });
    expect(second.outputs.userPoolId).toBe(first.outputs.userPoolId);
    await second.stop();
  } finally {
    await rm(dataDir, { recursive: true });
  }
});

test("creates the tables as core defines them, once", async () => {
  const dynamo = await startDynamo();
  const client = new DynamoDBClient({ endpoint: dynamo.endpoint, region, credentials });
  try {
    const names = await createTables(dynamo.endpoint, "one-");
    expect(await createTables(dynamo.endpoint, "one-")).toEqual(names);
    const { Table } = await client.send(new DescribeTableCommand({ TableName: names.Availabilities }));
    expect(Table).toMatchObject({
      KeySchema: [
        { AttributeName: "owner", KeyType: "HASH" },
        { AttributeName: "id", KeyType: "RANGE" },
      ],
      GlobalSecondaryIndexes: [{ IndexName: "byStatus", Projection: { ProjectionType: "ALL" } }],
      StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_AND_OLD_IMAGES" },
      BillingModeSummary: { BillingMode: "PAY_PER_REQUEST" },
    });
    const { TimeToLiveDescription } = await client.send(
      new DescribeTimeToLiveCommand({ TableName: names.Availabilities }),
    );
    expect(TimeToLiveDescription?.AttributeName).toBe("expiresAt");
  } finally {
    client.destroy();
    await dynamo.stop();
  }
});

/** Kills the stack's database, which it finds by its port. */
async function killDatabase({ outputs }: Stack): Promise<void> {
  const { port } = new URL(outputs.dynamoEndpoint);
  const { execFileSync } = await import("node:child_process");
  const lines = execFileSync("ps", ["-A", "-o", "pid=,args="], { encoding: "utf8" }).split("\n");
  const pid = Number(
    lines
      .find((line) => line.includes(`-port ${port} `))
      ?.trim()
      .split(" ")[0],
  );
  process.kill(pid, "SIGKILL");
}
