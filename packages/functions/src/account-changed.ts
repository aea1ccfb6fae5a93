import type { EventBridgeEvent } from "aws-lambda";
import { log } from "./log.ts";

/** A call of Cognito's API as CloudTrail tells of it, as far as it is read here. */
interface CognitoCall {
  eventName: string;
  /** There when the call failed. */
  errorCode?: string;
  additionalEventData?: { sub?: string };
}

/**
 * Follows a change of a user in the pool: it reads how the user is now, so that an event which comes twice, late or out of
 * order changes nothing wrong. A deleted user loses their account; a verified e-mail address is taken over.
 */
export async function handler(
  event: EventBridgeEvent<"AWS API Call via CloudTrail", CognitoCall>,
): Promise<void> {
  const { eventName, errorCode, additionalEventData } = event.detail;
  // Whoever signed up with a password has their `sub` as username.
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
