import { expect, test } from "vitest";
import { isOlder } from "./revision.ts";

test("older is what has a lower revision, or none", () => {
  expect(isOlder("seat.#revision")).toBe(
    "(attribute_not_exists(seat.#revision) OR seat.#revision < :revision)",
  );
});
