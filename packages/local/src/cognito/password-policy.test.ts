import { expect, test } from "vitest";
import { passwordComplaint } from "./password-policy.ts";

test.each([
  ["Sh0rt!", "Password not long enough"],
  ["no-upper-case-1", "Password must have uppercase characters"],
  ["NO-LOWER-CASE-1", "Password must have lowercase characters"],
  ["No-numbers-here", "Password must have numeric characters"],
  ["NoSymbols123", "Password must have symbol characters"],
  [" Leading-space-1", "Password must not start or end with a space"],
  [`Aa1!${"x".repeat(253)}`, "Password too long"],
])("refuses %s", (password, complaint) => {
  expect(passwordComplaint(password)).toBe(complaint);
});

test.each(["Kumite-demo-1", "A space 1 inside", `Aa1!${"x".repeat(252)}`])("accepts %s", (password) => {
  expect(passwordComplaint(password)).toBeUndefined();
});
