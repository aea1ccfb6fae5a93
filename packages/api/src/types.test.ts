/** The API's types, on which frontends depend. `tsc` checks them; nothing here runs. */
import type { RefusalReason } from "@kumite/core/errors";
import { describe, expectTypeOf, test } from "vitest";
import type { AppRouter, RouterInputs, RouterOutputs } from "./index.ts";

describe("every procedure", () => {
  test("is in the router's type, and nothing else", () => {
    expectTypeOf<keyof RouterOutputs>().toEqualTypeOf<
      "availability" | "calendar" | "community" | "meeting" | "user"
    >();
    expectTypeOf<keyof RouterOutputs["availability"]>().toEqualTypeOf<
      "book" | "delete" | "get" | "list" | "search" | "set" | "withdraw"
    >();
    expectTypeOf<keyof RouterOutputs["meeting"]>().toEqualTypeOf<"cancel" | "get" | "list">();
    expectTypeOf<keyof RouterOutputs["user"]>().toEqualTypeOf<
      "block" | "delete" | "export" | "get" | "listBlocked" | "refreshEmail" | "set" | "unblock"
    >();
    expectTypeOf<keyof RouterOutputs["calendar"]>().toEqualTypeOf<"get">();
    expectTypeOf<keyof RouterOutputs["community"]>().toEqualTypeOf<"get" | "set" | "settings">();
  });

  test("is a query or a mutation as in the contract", () => {
    type Kind<Path extends { _def: { type: string } }> = Path["_def"]["type"];
    type Procedures = AppRouter["_def"]["record"];
    expectTypeOf<Kind<Procedures["availability"]["search"]>>().toEqualTypeOf<"query">();
    expectTypeOf<Kind<Procedures["availability"]["book"]>>().toEqualTypeOf<"mutation">();
    expectTypeOf<Kind<Procedures["meeting"]["cancel"]>>().toEqualTypeOf<"mutation">();
  });
});

describe("users", () => {
  type User = RouterOutputs["user"]["get"];

  test("a profile has no private fields until it is known to be one's own", () => {
    expectTypeOf<keyof User>().toEqualTypeOf<
      "bio" | "cohort" | "discordUsername" | "displayName" | "memberSince" | "timezone" | "username"
    >();
  });

  test("one's own profile has them, once narrowed", () => {
    type Own = Extract<User, { email: unknown }>;
    expectTypeOf<Own["email"]>().toEqualTypeOf<string>();
    expectTypeOf<Own["notifications"]>().toEqualTypeOf<{ email: boolean }>();
    expectTypeOf<RouterOutputs["user"]["set"]>().toEqualTypeOf<Own>();
  });

  test("internal fields are in no profile", () => {
    type Field<Of> = Of extends unknown ? keyof Of : never;
    expectTypeOf<Extract<Field<User>, "calendarVersion" | "stripeId">>().toEqualTypeOf<never>();
  });

  test("username and e-mail address cannot be set", () => {
    expectTypeOf<keyof NonNullable<RouterInputs["user"]["set"]>>().toEqualTypeOf<
      "bio" | "cohort" | "defaultLink" | "discordUsername" | "displayName" | "notifications" | "timezone"
    >();
  });
});

describe("availabilities and meetings", () => {
  type Availability = RouterOutputs["availability"]["get"];
  type Meeting = RouterOutputs["meeting"]["get"];

  test("instants are strings", () => {
    expectTypeOf<Availability["startTime" | "endTime" | "createdAt" | "updatedAt"]>().toEqualTypeOf<string>();
    expectTypeOf<Meeting["startTime" | "endTime"]>().toEqualTypeOf<string>();
    expectTypeOf<RouterInputs["availability"]["set"]["startTime"]>().toEqualTypeOf<string>();
    expectTypeOf<RouterInputs["calendar"]["get"]>().toEqualTypeOf<{ from: string; to: string }>();
  });

  test("are the same everywhere", () => {
    expectTypeOf<RouterOutputs["availability"]["set"]>().toEqualTypeOf<Availability>();
    expectTypeOf<RouterOutputs["availability"]["delete"]>().toEqualTypeOf<Availability>();
    expectTypeOf<RouterOutputs["availability"]["list"]["items"][number]>().toEqualTypeOf<Availability>();
    expectTypeOf<RouterOutputs["availability"]["search"]["items"][number]>().toEqualTypeOf<Availability>();
    expectTypeOf<RouterOutputs["availability"]["book"]>().toEqualTypeOf<Meeting>();
    expectTypeOf<RouterOutputs["meeting"]["cancel"]>().toEqualTypeOf<Meeting>();
    expectTypeOf<RouterOutputs["calendar"]["get"]>().toEqualTypeOf<{
      availabilities: Availability[];
      meetings: Meeting[];
      canceledLeftOut: number;
    }>();
  });

  test("have only the statuses of the contract", () => {
    expectTypeOf<Availability["status"]>().toEqualTypeOf<"SCHEDULED" | "BOOKED" | "CANCELED">();
    expectTypeOf<Meeting["status"]>().toEqualTypeOf<"SCHEDULED" | "CANCELED">();
    expectTypeOf<Meeting["canceledBy"]>().toEqualTypeOf<string | undefined>();
  });

  test("do not show how they are stored", () => {
    expectTypeOf<
      Extract<
        keyof Availability,
        "seats" | "seatCount" | "revision" | "ownerRevision" | "closed" | "lastStart" | "expiresAt"
      >
    >().toEqualTypeOf<never>();
  });

  test("cohorts and types are strings, because the community is data", () => {
    type Given = RouterInputs["availability"]["set"];
    expectTypeOf<Given["cohorts"]>().toEqualTypeOf<string[]>();
    expectTypeOf<Given["types"]>().toEqualTypeOf<string[]>();
  });

  test("the input does not name the caller", () => {
    expectTypeOf<keyof RouterInputs["availability"]["set"]>().toEqualTypeOf<
      | "bookings"
      | "cohorts"
      | "description"
      | "durationMinutes"
      | "endTime"
      | "id"
      | "idempotencyKey"
      | "link"
      | "location"
      | "maxParticipants"
      | "startTime"
      | "types"
    >();
    expectTypeOf<keyof RouterInputs["availability"]["book"]>().toEqualTypeOf<
      "id" | "owner" | "startTime" | "type"
    >();
  });
});

test("an error has a reason and the fields that are wrong", () => {
  type ErrorData = AppRouter["_def"]["_config"]["$types"]["errorShape"]["data"];
  expectTypeOf<ErrorData["reason"]>().toEqualTypeOf<RefusalReason | undefined>();
  expectTypeOf<ErrorData["fieldErrors"]>().toEqualTypeOf<Record<string, string[]> | undefined>();
  expectTypeOf<ErrorData["requestId"]>().toEqualTypeOf<string | undefined>();
  expectTypeOf<Extract<keyof ErrorData, "stack">>().toEqualTypeOf<never>();
});
