import { expect, test, vi } from "vitest";
import * as z from "zod/mini";
import { lazyOutput } from "./lazy-output.ts";

const load = vi.fn(async () => z.object({ name: z.string() }));
const output = lazyOutput(load);

test("loads the schema with the first output, not before", async () => {
  expect(load).not.toHaveBeenCalled();
  await output({ name: "Anna" });
  expect(load).toHaveBeenCalledOnce();
});

test("lets no undeclared field through", async () => {
  expect(await output({ name: "Anna", email: "anna@example.com" })).toEqual({ name: "Anna" });
});

test("refuses an output that does not fit", async () => {
  await expect(output({ name: 1 })).rejects.toThrow(z.core.$ZodError);
});
