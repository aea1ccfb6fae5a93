import { UserLambdaValidationError } from "cognito-local/lib/errors.js";
import type { Triggers } from "cognito-local/lib/services/triggers/triggers.js";
import { attributesToRecord, type User } from "cognito-local/lib/services/userPoolService.js";
import { region } from "../aws.ts";

type CallTrigger = (event: object) => Promise<unknown>;

export interface TriggerFunctions {
  /** Calls the PostConfirmation function with the event; rejects when it fails. */
  readonly postConfirmation: CallTrigger;
  /** Calls the PreSignUp function; without it, the pool has no such trigger. */
  readonly preSignUp?: CallTrigger | undefined;
}

/** Calls the functions as Cognito does. If one fails, the call fails. */
export function createTriggers({ postConfirmation, preSignUp }: TriggerFunctions): Triggers {
  const triggers: Partial<Triggers> = {
    enabled: (trigger) =>
      trigger === "PostConfirmation" || (trigger === "PreSignUp" && preSignUp !== undefined),
    postConfirmation: async (_context, { clientMetadata, ...cause }) => {
      const request = { ...(clientMetadata && { clientMetadata }) };
      await callTrigger("PostConfirmation", postConfirmation, triggerEvent(cause, request, {}));
    },
    preSignUp: async (_context, { clientMetadata, validationData, ...cause }) => {
      const response = { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false };
      const request = { validationData: validationData ?? {}, ...(clientMetadata && { clientMetadata }) };
      if (preSignUp) await callTrigger("PreSignUp", preSignUp, triggerEvent(cause, request, response));
      return response;
    },
  };
  return triggers as Triggers;
}

interface TriggerCause {
  readonly source: string;
  readonly clientId: string | null;
  readonly userPoolId: string;
  readonly username: string;
  readonly userAttributes: User["Attributes"];
}

function triggerEvent(cause: TriggerCause, request: object, response: object): object {
  const { source, clientId, userPoolId, username, userAttributes } = cause;
  return {
    version: "1",
    region,
    userPoolId,
    userName: username,
    callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId },
    triggerSource: source,
    request: { userAttributes: attributesToRecord(userAttributes), ...request },
    response,
  };
}

async function callTrigger(name: string, call: CallTrigger, event: object): Promise<void> {
  await call(event).catch((error: unknown) => {
    const words = error instanceof Error ? error.message : String(error);
    throw new UserLambdaValidationError(`${name} failed with error ${words}.`);
  });
}
