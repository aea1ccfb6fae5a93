import { expect, test } from "vitest";

process.env["SST_RESOURCE_App"] = JSON.stringify({ name: "kumite", stage: "test" });
process.env["SST_RESOURCE_OriginKey"] = JSON.stringify({ value: "the key" });
const { handler } = await import("./origin-authorizer.ts");

test("lets in who knows the origin key", async () => {
  expect(await handler({ identitySource: ["the key"] })).toEqual({ isAuthorized: true });
});

test.each([[["another"]], [["the kez"]], [[""]], [[]]])("turns away %j", async (identitySource) => {
  expect(await handler({ identitySource })).toEqual({ isAuthorized: false });
});
