import type { APIGatewayProxyEventV2, Context } from "aws-lambda";
import { expect, test } from "vitest";
import { handler } from "./openapi.ts";

function ask(method: string, headers: Record<string, string> = {}) {
  const event = { rawPath: "/api/openapi.json", headers, requestContext: { http: { method } } };
  return handler(event as unknown as APIGatewayProxyEventV2, { awsRequestId: "a-request" } as Context);
}

test("answers the description of the API, which anyone may cache for a while", async () => {
  const { statusCode, headers, body = "" } = await ask("GET");
  expect(statusCode).toBe(200);
  expect(headers).toMatchObject({
    "content-type": "application/json",
    "cache-control": "public, max-age=300",
    "x-content-type-options": "nosniff",
  });
  expect(JSON.parse(body)).toMatchObject({
    openapi: expect.stringMatching(/^3\.1\./),
    paths: { "/api/trpc/availability.book": { post: expect.any(Object) } },
  });
});

test("answers 304 to a client that has the document, compressed or not", async () => {
  const etag = String((await ask("GET")).headers?.["etag"]);
  expect(etag).toMatch(/^".+"$/);
  for (const known of [etag, `W/${etag}`, `"another", ${etag}`]) {
    const { statusCode, headers, body } = await ask("GET", { "if-none-match": known });
    expect({ statusCode, body }).toEqual({ statusCode: 304, body: undefined });
    expect(headers?.["etag"]).toBe(etag);
  }
  expect(await ask("GET", { "if-none-match": '"another"' })).toMatchObject({ statusCode: 200 });
});

test("answers HEAD without a body", async () => {
  expect(await ask("HEAD")).toMatchObject({ statusCode: 200, body: "" });
});

test.each(["POST", "PUT", "DELETE"])("refuses %s in the API's shape", async (method) => {
  const { statusCode, headers, body = "" } = await ask(method);
  expect(statusCode).toBe(405);
  expect(headers).toMatchObject({ "cache-control": "no-store" });
  expect(JSON.parse(body)).toMatchObject({
    error: { data: { code: "METHOD_NOT_SUPPORTED", httpStatus: 405, requestId: "a-request" } },
  });
});
