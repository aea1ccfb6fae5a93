import { expect, test } from "vitest";
import { Refusal } from "../errors.ts";
import type { MeetingRecord } from "./repository.ts";
import { checkTakesPart } from "./rules.ts";

const meeting = { owner: "host", participant: "guest" } as MeetingRecord;

test("only its two people take part", () => {
  for (const actor of ["host", "guest"]) expect(() => checkTakesPart(meeting, actor)).not.toThrow();
  for (const actor of ["another", "", "Host"]) expect(() => checkTakesPart(meeting, actor)).toThrow(Refusal);
});
