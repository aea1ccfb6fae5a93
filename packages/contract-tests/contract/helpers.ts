import { expect } from "vitest";
import { type Answer, availability, type Client, inMinutes, type Json } from "./client.ts";

// Each availability of a file starts at a different hour, so that no one is busy by accident.
let lastHour = 24;

/** Posts an availability at a separate time, and returns the API's answer. */
export async function post(by: Client, given: Record<string, unknown> = {}): Promise<Json> {
  lastHour += 2;
  const times = { startTime: inMinutes(lastHour * 60), endTime: inMinutes(lastHour * 60 + 60) };
  const { status, data, error } = await by.mutate("availability.set", availability({ ...times, ...given }));
  expect(error).toBeUndefined();
  expect(status).toBe(200);
  return data;
}

/** The input that books a seat of an availability. */
export const seatOf = ({ owner, id }: Json, choice: Record<string, unknown> = {}) => ({
  owner,
  id,
  ...choice,
});

export function expectRefusal({ error, data }: Answer, code: string, reason?: string): void {
  expect(data).toBeUndefined();
  expect(error).toMatchObject(reason ? { code, reason } : { code });
}
