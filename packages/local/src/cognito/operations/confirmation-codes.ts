import { CognitoError } from "cognito-local/lib/errors.js";
import { attributeValue, type User } from "cognito-local/lib/services/userPoolService.js";
import type { CodePurpose } from "../codes.ts";
import { silentContext } from "../silent-context.ts";
import type { Parts } from "./parts.ts";

/** Sends and checks the codes for sign-ups and forgotten passwords. */
export function codesOf({ directory: { client }, services, codes }: Parts) {
  async function sendCode(user: User | null, source: "ResendCode" | "ForgotPassword", address: string) {
    if (user) {
      const Destination = attributeValue("email", user.Attributes) ?? address;
      const details = { AttributeName: "email", DeliveryMedium: "EMAIL", Destination } as const;
      const code = services.otp();
      await services.messages.deliver(
        silentContext,
        source,
        client.ClientId,
        client.UserPoolId,
        user,
        code,
        undefined,
        details,
      );
    }
    return deliveredTo(address);
  }

  function checkCode(user: User | null, purpose: CodePurpose, code = ""): User {
    const outcome = user ? codes.check(user.Username, purpose, code) : "expired";
    if (!user || outcome === "expired") {
      throw new CognitoError("ExpiredCodeException", "Invalid code provided, please request a code again.");
    }
    if (outcome === "wrong") {
      const words = "Invalid verification code provided, please try again.";
      throw new CognitoError("CodeMismatchException", words);
    }
    return user;
  }

  return { sendCode, checkCode };
}

/** Where a code was sent, masked as Cognito does: `a***@e***`. */
export function deliveredTo(address: string) {
  const Destination = address.replace(/^(.).*@(.).*$/, "$1***@$2***");
  return { CodeDeliveryDetails: { AttributeName: "email", DeliveryMedium: "EMAIL", Destination } };
}
