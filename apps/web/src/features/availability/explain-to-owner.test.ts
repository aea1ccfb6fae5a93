import { TRPCClientError } from "@trpc/client";
import { expect, test } from "vitest";
import { explain } from "#lib/errors.ts";
import { explainToOwner } from "./explain-to-owner.ts";

function refused(reason: string): Error {
  const data = { reason, code: "CONFLICT" };
  return TRPCClientError.from({ error: { code: -32000, message: "As the API says it", data } } as never);
}

test("explains OWNER_BUSY to the owner who posts as “you”, and to others as “they”", () => {
  expect(explain(refused("OWNER_BUSY")).title).toBe("They have another meeting then");
  expect(explainToOwner(refused("OWNER_BUSY")).detail).toBe(
    "You have another meeting then. Choose another time.",
  );
  expect(explainToOwner(refused("HAS_BOOKINGS"))).toEqual(explain(refused("HAS_BOOKINGS")));
});
