import { CognitoError } from "cognito-local/lib/errors.js";
import { attribute, attributeValue, type User } from "cognito-local/lib/services/userPoolService.js";
import { Lockout } from "../lockout.ts";
import { codesOf, deliveredTo } from "./confirmation-codes.ts";
import type { Operations, Parts } from "./parts.ts";
import { invalidParameter, isCognitoError, notAuthorized } from "./refusals.ts";
import type { CognitoRequest } from "./request.ts";
import type { Users } from "./users.ts";

/** Operations that change a user's name and, once it is verified, their e-mail address. */
export function attributeOperations(
  parts: Parts,
  { authenticate, findNamed, checkAddressFree, saveAttributes }: Users,
): Operations {
  const { services, codes, mailVerification, onUserEvent } = parts;
  const { checkCode } = codesOf(parts);
  const codeAttempts = new Lockout();

  async function sendVerification(user: User, address: string) {
    const code = services.otp();
    await codes.remember(user.Username, "VerifyEmail", code, address);
    await mailVerification(address, code);
    return deliveredTo(address).CodeDeliveryDetails;
  }

  return {
    async AdminUpdateUserAttributes(request) {
      const user = await findNamed(request.Username);
      const changes = asAttributes(request.UserAttributes);
      const address = attributeValue("email", changes);
      if (address !== undefined) await checkAddressFree(user, address);
      const isVerified = attributeValue("email_verified", changes);
      const verified =
        address !== undefined && isVerified === undefined ? [attribute("email_verified", "false")] : [];
      await saveAttributes(user, [...changes, ...verified]);
      onUserEvent("AdminUpdateUserAttributes", user);
      return {};
    },

    /** A new address takes effect once it is verified, as with `AttributesRequireVerificationBeforeUpdate`. */
    async UpdateUserAttributes({ AccessToken = "", UserAttributes }) {
      const user = await authenticate(AccessToken);
      const changes = asAttributes(UserAttributes);
      if (changes.some(({ Name }) => !writableAttributes.includes(Name))) {
        throw notAuthorized("A client attempted to write unauthorized attribute");
      }
      await saveAttributes(
        user,
        changes.filter(({ Name }) => Name !== "email"),
      );
      const address = attributeValue("email", changes);
      if (address === undefined) return { CodeDeliveryDetailsList: [] };
      if (!/^[^\s@]+@[^\s@]+$/.test(address)) throw invalidParameter("Invalid email address format.");
      await checkAddressFree(user, address);
      return { CodeDeliveryDetailsList: [await sendVerification(user, address)] };
    },

    async GetUserAttributeVerificationCode({ AccessToken = "", AttributeName }) {
      const user = await authenticate(AccessToken);
      if (AttributeName !== "email") throw invalidParameter(`${AttributeName} cannot be verified.`);
      const address = codes.awaitedAddress(user.Username) ?? attributeValue("email", user.Attributes) ?? "";
      return { CodeDeliveryDetails: await sendVerification(user, address) };
    },

    async VerifyUserAttribute({ AccessToken = "", AttributeName, Code }) {
      const user = await authenticate(AccessToken);
      if (AttributeName !== "email") throw invalidParameter(`${AttributeName} cannot be verified.`);
      const { Username } = user;
      if (!codeAttempts.admits(Username, services.clock.get())) {
        const words = "Attempt limit exceeded, please try after some time.";
        throw new CognitoError("LimitExceededException", words);
      }
      try {
        checkCode(user, "VerifyEmail", Code);
      } catch (error) {
        if (isCognitoError(error, "CodeMismatchException")) codeAttempts.fail(Username, services.clock.get());
        throw error;
      }
      codeAttempts.clear(Username);
      const address = codes.awaitedAddress(Username) ?? "";
      await checkAddressFree(user, address);
      await saveAttributes(user, [attribute("email", address), attribute("email_verified", "true")]);
      await codes.forget(Username, "VerifyEmail");
      onUserEvent("VerifyUserAttribute", user);
      return {};
    },
  };
}

/** The attributes that a user may change, as for the app client in infra/auth.ts. */
const writableAttributes = ["email", "name"];

function asAttributes(given: CognitoRequest["UserAttributes"] = []): User["Attributes"] {
  return given.map(({ Name, Value = "" }) => attribute(Name, Value));
}
