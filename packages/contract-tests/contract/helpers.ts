import { expect } from "vitest";
import { type Answer, availability, type Client, inMinutes, type Json } from "./client.ts";

// Each availability of a file begins on an hour of its own, so that nobody is busy by accident.
let lastHour = 24;

/** Posts an availability at a time of its own, and returns it as the API does. */
export async function post(by: Client, given: Record<string, unknown> = {}): Promise<Json> {
  lastHour += 2;
  const times = { startTime: inMinutes(lastHour * 60), endTime: inMinutes(lastHour * 60 + 60) };
  const { status, data, error } = await by.mutate("availability.set", availability({ ...times, ...given }));
  expect(error).toBeUndefined();
  expect(status).toBe(200);
  return data;
}

/** What books a seat of an availability. */
export const seatOf = ({ owner, id }: Json, choice: Record<string, unknown> = {}) => ({
  owner,
  id,
  ...choice,
});

export function expectRefusal({ error, data }: Answer, code: string, reason?: string): void {
  expect(data).toBeUndefined();
  expect(error).toMatchObject(reason ? { code, reason } : { code });
}
