import { expect } from "vitest";
import type { Json } from "../contract/client.ts";
import type { RawAnswer } from "./raw-client.ts";

/** Expects results, or errors in the contract's shape that reveal no internals. */
export function expectTyped({ status, text, json }: RawAnswer): void {
  expect(status, text.slice(0, 500)).toBeLessThan(500);
  const answers: Json[] = Array.isArray(json) ? json : [json];
  for (const answer of answers) {
    if (answer?.result) continue;
    expect(answer?.error, text.slice(0, 500)).toMatchObject({
      message: expect.any(String),
      data: { code: expect.stringMatching(/^[A-Z_]+$/), httpStatus: expect.any(Number) },
    });
    expect(answer.error.data.httpStatus).toBeLessThan(500);
    expect(answer.error.data).not.toHaveProperty("stack");
  }
  expect(text).not.toMatch(/node_modules|\.ts:\d|ValidationException/);
}
