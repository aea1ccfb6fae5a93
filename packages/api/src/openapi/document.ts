import type * as z from "zod/mini";
import { safeParse } from "zod/mini";
import manifest from "../../package.json" with { type: "json" };
import { appRouter } from "../router.ts";
import { trpcPath } from "../routes.ts";
import { errorResponses, sharedResponses } from "./errors.ts";
import { type Procedure, proceduresOf } from "./procedures.ts";
import { inputSchema, outputSchemas } from "./schemas.ts";
import type { JsonContent, JsonSchema, OpenApiDocument, Operation, PathItem } from "./types.ts";
import { words } from "./words/index.ts";
import type { ProcedureWords } from "./words/procedure.ts";

const description = `This is tRPC over HTTP, as plain JSON. A query is a GET with its input, as JSON, in the parameter \`input\`. A mutation is a POST with its input as the body, of type \`application/json\`. The answer is \`{ "result": { "data": … } }\`, or \`{ "error": … }\`.

Members send \`Authorization: Bearer <access token>\`, with an access token of the community's Cognito user pool. The web app's own pages send its session cookies instead.

Instants are ISO 8601. Inputs may have any offset from UTC; answers are in UTC with milliseconds, such as \`2026-12-05T18:00:00.000Z\`. Unknown fields of an input are refused. Answers may get new fields: ignore unknown ones.

A list answers \`cursor\` exactly if there are more items: send it with the same input to get the next page. It works only for the caller and the query that got it.

If a call fails for an expected reason, \`error.data.reason\` has it. Messages are for people and may change.`;

/**
 * Describes every procedure of the router, from the schemas that validate its calls.
 * @throws Error naming a procedure that has no output schema or no words
 */
export async function createDocument(): Promise<OpenApiDocument> {
  const procedures = await readProcedures();
  const { outputs, components } = outputSchemas(mapValues(procedures, outputOf));
  return {
    openapi: "3.1.1",
    info: {
      title: "Kumite",
      version: manifest.version,
      summary: "The scheduling of a training community.",
      description,
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/" }],
    tags: Object.entries(words).map(([name, { description }]) => ({ name, description })),
    paths: Object.fromEntries(
      Object.entries(procedures).map(([path, procedure]) => [
        `${trpcPath}/${path}`,
        describeProcedure(path, procedure, outputs[path] ?? {}),
      ]),
    ),
    components: {
      schemas: components,
      responses: sharedResponses,
      securitySchemes: {
        accessToken: {
          type: "http",
          scheme: "bearer",
          bearerFormat: "JWT",
          description: "An access token of the community's Cognito user pool.",
        },
      },
    },
  };
}

/** Every procedure by its path, group by group. */
async function readProcedures(): Promise<Record<string, Procedure>> {
  const procedures = Object.entries(await proceduresOf(appRouter));
  // Sorted, because their order is that in which the routers were loaded, which varies.
  const groups = Object.keys(words);
  const place = (path: string) => groups.indexOf(groupOf(path));
  return Object.fromEntries(procedures.sort(([a], [b]) => place(a) - place(b)));
}

function outputOf({ output }: Procedure, path: string): z.ZodMiniType {
  if (!output) throw new Error(`${path} declares no output.`);
  return output;
}

function describeProcedure(path: string, { type, inputs }: Procedure, output: JsonSchema): PathItem {
  const { summary, description, caller, refusals, example } = wordsOf(path);
  const [input] = inputs;
  const isOpen = caller === "anyone";
  const described: Operation = {
    operationId: path,
    tags: [groupOf(path)],
    summary,
    ...(description !== undefined && { description }),
    "x-caller": caller,
    security: isOpen ? [] : [{ accessToken: [] }],
    ...(input && describeInput(type, input, example.input)),
    responses: {
      200: {
        description: "The call succeeded.",
        content: json(inAnswer(output), { result: { data: example.output } }),
      },
      ...errorResponses({ isOpen, takesInput: input !== undefined, refusals }),
    },
  };
  return type === "query" ? { get: described } : { post: described };
}

function describeInput(
  type: Procedure["type"],
  input: z.ZodMiniType,
  example: unknown,
): Pick<Operation, "parameters" | "requestBody"> {
  const required = !safeParse(input, undefined).success;
  const content = json(inputSchema(input), example);
  if (type === "mutation") return { requestBody: { required, content } };
  const description = "The input as JSON.";
  return { parameters: [{ name: "input", in: "query", description, required, content }] };
}

function inAnswer(data: JsonSchema): JsonSchema {
  return {
    type: "object",
    properties: { result: { type: "object", properties: { data }, required: ["data"] } },
    required: ["result"],
  };
}

function json(schema: JsonSchema, example: unknown): JsonContent {
  return { "application/json": { schema, example } };
}

function wordsOf(path: string): ProcedureWords<unknown, unknown> {
  const groups: Readonly<Record<string, { readonly procedures: object }>> = words;
  const procedures = new Map(Object.entries(groups[groupOf(path)]?.procedures ?? {}));
  const found = procedures.get(path.slice(path.indexOf(".") + 1));
  if (!found) throw new Error(`packages/api/src/openapi/words does not describe ${path}.`);
  return found;
}

function groupOf(path: string): string {
  return path.slice(0, path.indexOf("."));
}

function mapValues<T, R>(
  record: Readonly<Record<string, T>>,
  map: (value: T, key: string) => R,
): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));
}
