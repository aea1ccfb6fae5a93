import { expect, test } from "vitest";
import { readRedirectError } from "./redirect-errors.ts";

test.each([
  ["invalid_request Already found an entry for username Google_109876543210987654321 ", "linked"],
  ["invalid_request Already found an entry for username google_109876543210987654321", "linked"],
  ["access_denied", "canceled"],
  ["invalid_request The user denied the request; error=access_denied", "canceled"],
  ["invalid_request PreSignUp failed with error AliasExistsException. ", "failed"],
  ["server_error undefined", "failed"],
])("“%s” means %s", (words, failure) => {
  expect(readRedirectError(words)).toBe(failure);
});
