import type { EventBridgeEvent } from "aws-lambda";
import { log } from "./log.ts";

/** The fields of a CloudTrail event for a Cognito call that are read here. */
interface CognitoCall {
  eventName: string;
  /** Present if the call failed. */
  errorCode?: string;
  additionalEventData?: { sub?: string };
}

/**
 * Follows a change of a user in the pool. It reads the user's current state, so duplicate, late and unordered events do
 * no harm. It deletes the account of a deleted user, and copies a verified e-mail address.
 */
export async function handler(
  event: EventBridgeEvent<"AWS API Call via CloudTrail", CognitoCall>,
): Promise<void> {
  const { eventName, errorCode, additionalEventData } = event.detail;
  // For members with a password, the `sub` is also the username.
  const username = additionalEventData?.sub;
  const outcome = errorCode === undefined && username ? await follow(username) : "unknown";
  log("info", "account-changed", { eventName, outcome });
}

let loaded: ReturnType<typeof load> | undefined;

async function follow(username: string): Promise<string> {
  loaded ??= load();
  const { followSignIn, database, signIns } = await loaded;
  return followSignIn({ now: new Date(), database }, username, signIns);
}

async function load() {
  const { Resource } = await import("sst");
  const { createDatabase, createSignIns, followSignIn } = await import("./follow-account.ts");
  return { followSignIn, database: createDatabase(), signIns: createSignIns(Resource.Auth.userPoolId) };
}
