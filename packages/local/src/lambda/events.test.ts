import { describe, expect, test } from "vitest";
import { toGatewayEvent, toGatewayResponse } from "./events.ts";

function eventOf(request: { method?: string; url: string; headers?: Record<string, string[]> }, body = "") {
  const incoming = {
    method: request.method ?? "GET",
    url: request.url,
    headersDistinct: { host: ["localhost:3000"], ...request.headers },
    httpVersion: "1.1",
    socket: { remoteAddress: "127.0.0.1" },
  } as unknown as Parameters<typeof toGatewayEvent>[0];
  return toGatewayEvent(incoming, Buffer.from(body, "latin1"));
}

describe("an event of API Gateway", () => {
  test("has the path below the route, decoded", () => {
    const event = eventOf({ url: "/api/trpc/user.get,meeting%2Eget?batch=1" });
    expect(event).toMatchObject({
      version: "2.0",
      routeKey: "ANY /api/trpc/{proxy+}",
      rawPath: "/api/trpc/user.get,meeting%2Eget",
      rawQueryString: "batch=1",
      pathParameters: { proxy: "user.get,meeting.get" },
      requestContext: { http: { method: "GET", protocol: "HTTP/1.1", sourceIp: "127.0.0.1" } },
    });
  });

  test("has no path parameters for a route that is a plain path", () => {
    const event = eventOf({ url: "/api/openapi.json?x=1" });
    expect(event).toMatchObject({ routeKey: "ANY /api/openapi.json", rawPath: "/api/openapi.json" });
    expect(event).not.toHaveProperty("pathParameters");
  });

  test.each(["/api/trpc/", "/api/trpc", "/api/other"])("has the default route for %s", (url) => {
    const event = eventOf({ url });
    expect(event).toMatchObject({ routeKey: "$default", rawPath: url });
    expect(event).not.toHaveProperty("pathParameters");
  });

  test("joins repeated query parameters and headers by commas", () => {
    const event = eventOf({ url: "/api/trpc/x?a=1&a=2&b=%C3%BC", headers: { "x-many": ["one", "two"] } });
    expect(event.queryStringParameters).toEqual({ a: "1,2", b: "ü" });
    expect(event.headers["x-many"]).toBe("one,two");
  });

  test("separates cookies from the other headers", () => {
    const event = eventOf({ url: "/api/trpc/x", headers: { cookie: ["a=1; b=2"] } });
    expect(event.cookies).toEqual(["a=1", "b=2"]);
    expect(event.headers).not.toHaveProperty("cookie");
  });

  test("omits fields that are empty", () => {
    const event = eventOf({ url: "/api/trpc/x" });
    for (const name of ["cookies", "queryStringParameters", "body"]) expect(event).not.toHaveProperty(name);
    expect(event.isBase64Encoded).toBe(false);
  });

  test.each([
    ["application/json", false],
    ["text/plain; charset=utf-8", false],
    ["application/problem+json", false],
    ["application/octet-stream", true],
    [undefined, true],
  ])("carries a body of type %s as text or in base64", (type, isBase64Encoded) => {
    const headers = type === undefined ? {} : { "content-type": [type] };
    const event = eventOf({ method: "POST", url: "/api/trpc/x", headers }, "{}");
    expect(event).toMatchObject({ isBase64Encoded, body: isBase64Encoded ? "e30=" : "{}" });
  });
});

describe("a response of API Gateway", () => {
  test("is the function's own response if it has a status", () => {
    const response = toGatewayResponse({
      statusCode: 201,
      headers: { "X-Count": 3 },
      cookies: ["a=1; Path=/", "b=2"],
      body: "aGk=",
      isBase64Encoded: true,
    });
    expect(response).toEqual({
      statusCode: 201,
      headers: { "x-count": "3" },
      cookies: ["a=1; Path=/", "b=2"],
      body: Buffer.from("hi"),
    });
  });

  test("is the result as JSON otherwise", () => {
    expect(toGatewayResponse({ some: "thing" })).toEqual({
      statusCode: 200,
      headers: { "content-type": "application/json" },
      cookies: [],
      body: Buffer.from('{"some":"thing"}'),
    });
    expect(toGatewayResponse(undefined).body).toHaveLength(0);
  });
});
