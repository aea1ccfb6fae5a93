import { expect, test } from "vitest";
import { matchRoute } from "./route.ts";

test.each([
  ["/api/trpc/user.get", "trpc", "user.get"],
  ["/api/trpc/a/b", "trpc", "a/b"],
  ["/api/trpc/meeting%2Eget", "trpc", "meeting.get"],
  ["/api/trpc/%E0%A4%A", "trpc", "%E0%A4%A"],
  ["/api/openapi.json", "openapi", undefined],
])("routes %s to %s", (path, entryPoint, proxy) => {
  expect(matchRoute(path)).toMatchObject({ route: { entryPoint }, proxy });
});

test.each(["/api/trpc", "/api/trpc/", "/api/openapi.json/", "/api/openapi_json", "/api/", "/"])(
  "finds no route for %s",
  (path) => {
    expect(matchRoute(path)).toBeUndefined();
  },
);
