import { expect, test } from "vitest";
import { isOlder } from "./revision.ts";

test("an item with a lower revision, or none, is older", () => {
  expect(isOlder("seat.#revision")).toBe(
    "(attribute_not_exists(seat.#revision) OR seat.#revision < :revision)",
  );
});
