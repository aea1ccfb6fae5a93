import "./plain-http.ts";
import { createSignIns } from "@kumite/api/sign-ins";
import { followSignIn } from "@kumite/core/accounts/follow-sign-in";
import { createDatabase } from "@kumite/core/database";
import type { EventBridgeEvent } from "aws-lambda";
import { Resource } from "sst";
import { log } from "./log.ts";

/** A call of Cognito's API as CloudTrail tells of it, as far as it is read here. */
interface CognitoCall {
  eventName: string;
  /** There when the call failed. */
  errorCode?: string;
  additionalEventData?: { sub?: string };
}

const database = createDatabase();
const signIns = createSignIns(Resource.Auth.userPoolId);

/**
 * Follows a change of a user in the pool: it reads how the user is now, so that an event which comes twice, late or out of
 * order changes nothing wrong. A deleted user loses their account; a verified e-mail address is taken over.
 */
export async function handler(
  event: EventBridgeEvent<"AWS API Call via CloudTrail", CognitoCall>,
): Promise<void> {
  const { eventName, errorCode, additionalEventData } = event.detail;
  // The pool names its own members by their `sub`.
  const username = additionalEventData?.sub;
  const outcome =
    errorCode === undefined && username
      ? await followSignIn({ now: new Date(), database }, username, signIns)
      : "unknown";
  log("info", "account-changed", { eventName, outcome });
}
