import { randomUUID } from "node:crypto";
import { attributeValue, type User } from "cognito-local/lib/services/userPoolService.js";
import pRetry from "p-retry";
import { region } from "../aws.ts";

/** Milliseconds before the first retry and before the last ones. EventBridge retries for a day. */
const repetitions = (signal: AbortSignal) => ({
  retries: 6,
  minTimeout: 100,
  factor: 4,
  maxTimeout: 20_000,
  signal,
});

export interface UserEvents {
  /** Sends an event without waiting for it. */
  send(eventName: string, user: User): void;
  /** Ends retries. */
  stop(): void;
}

/**
 * Plays CloudTrail and EventBridge: sends an event to the function that follows account changes, and retries if the
 * function fails.
 */
export function startUserEvents(
  userPoolId: string,
  call: ((event: object) => Promise<unknown>) | undefined,
): UserEvents {
  const stopping = new AbortController();

  async function deliver(event: object): Promise<void> {
    try {
      await pRetry(() => call?.(event), repetitions(stopping.signal));
    } catch (error) {
      if (!stopping.signal.aborted) console.error(error);
    }
  }

  return {
    send: (eventName, user) => void deliver(userEvent(userPoolId, eventName, user)),
    stop: () => stopping.abort(),
  };
}

/** CloudTrail hides the username and shows the `sub`. */
function userEvent(userPoolId: string, eventName: string, user: User): object {
  const time = new Date().toISOString().replace(/\.\d+Z$/, "Z");
  const hidden = "HIDDEN_DUE_TO_SECURITY_REASONS";
  const isAdmins = eventName.startsWith("Admin");
  return {
    version: "0",
    id: randomUUID(),
    "detail-type": "AWS API Call via CloudTrail",
    source: "aws.cognito-idp",
    account: "000000000000",
    time,
    region,
    resources: [],
    detail: {
      eventVersion: "1.08",
      eventTime: time,
      eventSource: "cognito-idp.amazonaws.com",
      eventName,
      awsRegion: region,
      requestParameters: isAdmins ? { userPoolId, username: hidden } : { accessToken: hidden },
      responseElements: null,
      additionalEventData: { sub: attributeValue("sub", user.Attributes) ?? user.Username },
      requestID: randomUUID(),
      eventID: randomUUID(),
      readOnly: false,
      eventType: "AwsApiCall",
      managementEvent: true,
      eventCategory: "Management",
    },
  };
}
