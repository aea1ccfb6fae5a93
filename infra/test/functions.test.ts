import { existsSync, readFileSync } from "node:fs";
import { describe, expect, inject, test } from "vitest";
import { bundle } from "../bundle.ts";
import { ofType, only } from "./declared.ts";

const { simple, personal, dev, production } = inject("stages");
const deployed = { simple, personal, production };
const each = Object.entries({ ...deployed, dev });
const eachDeployed = Object.entries(deployed);

describe("functions", () => {
  const ours = [
    "AccountChanged",
    "FollowUp",
    "Migrate",
    "OpenApi",
    "OriginAuthorizer",
    "PostConfirmation",
    "Trpc",
  ];

  test.each(each)("%s: ours are deployed, on Node 24, as ESM", (name, { builds }) => {
    const own = builds.filter(({ handler }) => handler.startsWith("packages/"));
    const expected = name === "simple" ? ours : [...ours, "PreSignUp"].sort();
    expect(own.map(({ functionID }) => functionID).sort()).toEqual(expected);
    for (const { runtime, properties } of own) {
      expect(runtime).toBe("nodejs24.x");
      expect(properties).toMatchObject({ format: "esm", minify: true, splitting: true });
      // SST passes the same options to esbuild as `build:functions` and its tests.
      expect(properties).toMatchObject(bundle);
      expect(properties["esbuild"]).toMatchObject({
        define: { Headers: "LightHeaders", Response: "LightResponse" },
      });
    }
  });

  test.each(each)("%s: their entry points exist", (_, { builds }) => {
    for (const { handler } of builds.filter(({ handler }) => handler.startsWith("packages/"))) {
      expect(existsSync(handler.replace(/\.handler$/, ".ts")), handler).toBe(true);
    }
  });

  test.each(eachDeployed)("%s: every function runs on arm64 and has a time limit", (_, stage) => {
    for (const { name, inputs } of ofType(stage, "lambda.Function")) {
      expect(inputs, name).toMatchObject({ runtime: "nodejs24.x", architectures: ["arm64"] });
      // No request waits for follow-ups, and only a deployment waits for migrations.
      const longest: Record<string, number> = { FollowUpFunction: 60, MigrateFunction: 900 };
      expect(inputs["timeout"], name).toBeLessThanOrEqual(longest[name] ?? 25);
    }
    const timeout = (name: string) => only(stage, "lambda.Function", `${name}Function`).inputs["timeout"];
    // The most that Cognito waits; API Gateway waits 30 s.
    expect(timeout("PostConfirmation")).toBe(5);
    expect(timeout("Trpc")).toBeLessThan(30);
  });

  test.each(each)(
    "%s: every log is kept for a month, and each function logs JSON to its own group",
    (_, stage) => {
      for (const { name, inputs } of ofType(stage, "cloudwatch.LogGroup")) {
        expect(inputs["retentionInDays"], name).toBe(30);
      }
      const groups = ofType(stage, "lambda.Function").map(({ name, inputs }) => {
        expect(inputs["loggingConfig"], name).toMatchObject({ logFormat: "JSON" });
        return (inputs["loggingConfig"] as { logGroup: string }).logGroup;
      });
      expect(new Set(groups).size).toBe(groups.length);
      const existing = ofType(stage, "cloudwatch.LogGroup").map(({ inputs }) => inputs["name"]);
      expect(existing).toEqual(expect.arrayContaining(groups));
    },
  );

  const tables = [
    "Availabilities",
    "Calendar",
    "Community",
    "Counters",
    "Meetings",
    "Migrations",
    "Openings",
    "Users",
  ];

  test.each(each)("%s: each has the links that its code reads", (_, { builds }) => {
    const links = (name: string) => builds.find(({ functionID }) => functionID === name)?.links ?? {};
    expect(Object.keys(links("Trpc")).sort()).toEqual(
      [...tables, "Auth", "CursorKey", "Limits", "PrefetchKey"].sort(),
    );
    expect(Object.keys(links("PostConfirmation")).sort()).toEqual(tables);
    expect(Object.keys(links("Migrate")).sort()).toEqual(tables);
    expect(Object.keys(links("FollowUp")).sort()).toEqual([...tables, "Auth"].sort());
    expect(Object.keys(links("AccountChanged")).sort()).toEqual([...tables, "Auth"].sort());
    expect(Object.keys(links("OriginAuthorizer"))).toEqual(["OriginKey"]);
    const { issuer, jwksUri, jwks } = links("Trpc")["Auth"] ?? {};
    expect(issuer).toMatch(/^https:\/\/cognito-idp\.us-east-1\.amazonaws\.com\/\S+$/);
    expect(jwksUri).toBe(`${issuer}/.well-known/jwks.json`);
    expect(jwks).toBe('{"keys":[{"kid":"of the pool"}]}');
  });

  test("the links match the types that the code uses", () => {
    const source = readFileSync("packages/core/sst-env.d.ts", "utf8");
    const typed = [...source.matchAll(/^ {4}(\w+): \{ (.*?);? \};$/gm)].map(([, name, properties = ""]) => [
      name,
      properties
        .split("; ")
        .map((property) => property.replace(/\??: string$/, ""))
        .sort(),
    ]);
    const linked = Object.assign(
      {},
      ...simple.builds.map(({ links }) => links),
    ) as (typeof simple.builds)[0]["links"];
    expect(Object.fromEntries(typed)).toEqual(
      Object.fromEntries(
        Object.entries(linked).map(([name, { type: _, ...properties }]) => [
          name,
          Object.keys(properties).sort(),
        ]),
      ),
    );
  });
});

describe("migrations", () => {
  test.each(eachDeployed)("%s: run at the end of a deployment with changed code", (_, stage) => {
    const { inputs } = only(stage, "lambda.Invocation");
    expect(inputs).toMatchObject({
      functionName: expect.stringContaining("-MigrateFunction-"),
      triggers: { code: expect.stringMatching(/^assets\/Migrate-code-[0-9a-f]{64}\.zip$/) },
    });
    expect(JSON.parse(String(inputs["input"]))).toEqual({ afterDeployment: true });
    expect(only(stage, "lambda.Function", "MigrateFunction").inputs["s3Key"]).toEqual(
      (inputs["triggers"] as { code: string }).code,
    );
  });

  test("dev: do not run while the stage is being deployed", () => {
    expect(ofType(dev, "lambda.Invocation")).toEqual([]);
  });
});
