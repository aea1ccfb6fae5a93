import { Budget } from "@kumite/core/database/budget";
import { refusalReasons } from "@kumite/core/errors";
import { GetMeetingInput, Meeting } from "@kumite/core/meetings/schema";
import { Validator } from "@seriousme/openapi-schema-validator";
import { TRPCError } from "@trpc/server";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { beforeAll, describe, expect, expectTypeOf, test } from "vitest";
import type * as z from "zod/mini";
import type { ApiContext } from "../context.ts";
import type { AppRouter } from "../index.ts";
import { Limiter, wideLimits } from "../limits/index.ts";
import { appRouter } from "../router.ts";
import { createDocument } from "./document.ts";
import type { ErrorAnswer } from "./errors.ts";
import { proceduresOf } from "./procedures.ts";
import { inputSchema, outputSchemas } from "./schemas.ts";
import type { JsonContent, OpenApiDocument, Operation, Reference, Response } from "./types.ts";

const procedures = Object.entries(await proceduresOf(appRouter));

let document: OpenApiDocument;
let operations: Map<string, Operation>;
let ajv: Ajv2020;

beforeAll(async () => {
  document = await createDocument();
  operations = new Map(
    Object.values(document.paths).flatMap((item) =>
      Object.values(item as Record<string, Operation>).map((operation) => [operation.operationId, operation]),
    ),
  );
  ajv = new Ajv2020({ strict: true, strictRequired: false, allErrors: true });
  addFormats.default(ajv);
  // OpenAPI's keywords, which JSON Schema does not have.
  ajv.addVocabulary(["openapi", "info", "servers", "tags", "paths", "components"]);
  ajv.addSchema({ $id: "document", ...document });
});

function operationOf(path: string): Operation {
  const operation = operations.get(path);
  if (!operation) throw new Error(`${path} is missing.`);
  return operation;
}

/** The errors of an example under its schema; null if there are none. */
function problemsOf({ "application/json": { schema, example } }: JsonContent): unknown {
  const absolute = JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#', '"$ref":"document#'));
  const validate = ajv.compile(absolute);
  validate(example);
  return validate.errors;
}

describe("the document", () => {
  test("is OpenAPI 3.1", async () => {
    expect(await new Validator().validate(JSON.parse(JSON.stringify(document)))).toEqual({ valid: true });
    expect(document.openapi).toMatch(/^3\.1\./);
  });

  test("is the same each time", async () => {
    expect(JSON.stringify(await createDocument())).toBe(JSON.stringify(document));
  });

  test("has exactly the procedures, each with its method", () => {
    const expected = procedures.map(([path, { type }]) => [
      `/api/trpc/${path}`,
      [type === "query" ? "get" : "post"],
    ]);
    expect(
      Object.fromEntries(Object.entries(document.paths).map(([path, item]) => [path, Object.keys(item)])),
    ).toEqual(Object.fromEntries(expected));
  });

  test("has no missing and no unused components", () => {
    const text = JSON.stringify(document);
    const referred = new Set([...text.matchAll(/"#\/components\/(\w+\/\w+)"/g)].map(([, name]) => name));
    const { schemas, responses } = document.components;
    const there = [
      ...Object.keys(schemas).map((name) => `schemas/${name}`),
      ...Object.keys(responses).map((name) => `responses/${name}`),
    ];
    expect([...referred].sort()).toEqual(there.sort());
  });

  test("names every refusal in at least one procedure", () => {
    const said = [...operations.values()].flatMap((operation) => reasonsOf(operation));
    expect([...new Set(said)].sort()).toEqual([...refusalReasons].sort());
  });
});

function reasonsOf(operation: Operation): string[] {
  const responses = Object.values(operation.responses) as (Response | Reference)[];
  return responses.flatMap((response) =>
    "$ref" in response ? [] : Object.keys(response["x-reasons"] ?? {}),
  );
}

describe.each(procedures)("%s", (path, { inputs }) => {
  test("has examples of input and answer that fit its schemas", () => {
    const { parameters, requestBody, responses } = operationOf(path);
    const input = parameters?.[0]?.content ?? requestBody?.content;
    expect(input === undefined).toBe(inputs.length === 0);
    if (input) expect(problemsOf(input)).toBeNull();
    expect(problemsOf((responses[200] as Response).content)).toBeNull();
  });

  test("requires an input exactly if the procedure does", () => {
    const { parameters, requestBody } = operationOf(path);
    const required = parameters?.[0]?.required ?? requestBody?.required ?? false;
    expect(required).toBe(inputs.some((input) => !input.safeParse(undefined).success));
  });

  test("is open to anonymous callers exactly if the document says so", async () => {
    const isOpen = operationOf(path).security.length === 0;
    expect(isOpen).toBe(operationOf(path)["x-caller"] === "anyone");
    const outcome = await callAsNobody(path);
    expect(outcome).toBe(isOpen ? "OK" : "UNAUTHORIZED");
    expect("401" in operationOf(path).responses).toBe(!isOpen);
  });
});

/** The outcome of a call without a token. */
async function callAsNobody(path: string): Promise<string> {
  const ctx = {
    now: new Date(),
    database: { names: {}, client: { send: async () => ({}) } },
    budget: new Budget(),
    limits: wideLimits,
    limiter: new Limiter(),
    address: "192.0.2.1",
    cursorKey: "test",
    requestId: "a-request",
    authenticate: async () => undefined,
    record: () => {},
  } as unknown as ApiContext;
  let target: unknown = appRouter.createCaller(ctx);
  for (const part of path.split(".")) target = (target as Record<string, unknown>)[part];
  try {
    await (target as () => Promise<unknown>)();
    return "OK";
  } catch (error) {
    if (error instanceof TRPCError) return error.code;
    throw error;
  }
}

test("the schema of an error matches the router's error type", () => {
  type Shape = AppRouter["_def"]["_config"]["$types"]["errorShape"];
  type Described = z.infer<typeof ErrorAnswer>["error"];
  expectTypeOf<keyof Described>().toEqualTypeOf<keyof Shape>();
  expectTypeOf<keyof Described["data"]>().toEqualTypeOf<keyof Shape["data"]>();
  expectTypeOf<Shape>().toExtend<Described>();
});

describe("schemas", () => {
  test("of inputs refuse unknown fields, schemas of answers allow them", () => {
    expect(inputSchema(GetMeetingInput).additionalProperties).toBe(false);
    const { outputs, components } = outputSchemas({ meeting: Meeting });
    expect(outputs["meeting"]).toEqual({ $ref: "#/components/schemas/Meeting" });
    expect(components["Meeting"]).not.toHaveProperty("additionalProperties");
  });
});
