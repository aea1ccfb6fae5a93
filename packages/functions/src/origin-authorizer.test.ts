import { linkEnvironment } from "@kumite/core/links";
import { expect, test } from "vitest";

const links = linkEnvironment({ App: { name: "kumite", stage: "test" }, OriginKey: { value: "the key" } });
Object.assign(process.env, links);
const { handler } = await import("./origin-authorizer.ts");

test("allows a request with the origin key", async () => {
  expect(await handler({ identitySource: ["the key"] })).toEqual({ isAuthorized: true });
});

test.each([[["another"]], [["the kez"]], [[""]], [[]]])("refuses %j", async (identitySource) => {
  expect(await handler({ identitySource })).toEqual({ isAuthorized: false });
});
