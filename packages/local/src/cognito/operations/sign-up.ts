import { attribute, attributesAppend, type User } from "cognito-local/lib/services/userPoolService.js";
import type { CodePurpose } from "../codes.ts";
import { silentContext } from "../silent-context.ts";
import { codesOf, deliveredTo } from "./confirmation-codes.ts";
import type { Operations, Parts } from "./parts.ts";
import { checkPassword } from "./passwords.ts";
import { invalidParameter, notAuthorized } from "./refusals.ts";
import type { Users } from "./users.ts";

/** Operations that are confirmed by a code: signing up, and resetting a forgotten password. */
export function signUpOperations(parts: Parts, { findUser }: Users): Operations {
  const {
    directory: { pool, client },
    services,
    codes,
    base,
  } = parts;
  const { sendCode, checkCode } = codesOf(parts);

  /**
   * Confirms a user whose code was right. The trigger runs first, so that an interrupted or failed call can be
   * repeated. Cognito itself would retry the trigger.
   */
  async function confirm(user: User, purpose: CodePurpose, metadata: Record<string, string> | undefined) {
    const Attributes = attributesAppend(user.Attributes, attribute("email_verified", "true"));
    await services.triggers.postConfirmation(silentContext, {
      source:
        purpose === "SignUp" ? "PostConfirmation_ConfirmSignUp" : "PostConfirmation_ConfirmForgotPassword",
      clientId: client.ClientId,
      ...(metadata && { clientMetadata: metadata }),
      username: user.Username,
      userPoolId: client.UserPoolId,
      userAttributes: attributesAppend(Attributes, attribute("cognito:user_status", "CONFIRMED")),
    });
    const UserLastModifiedDate = services.clock.get();
    await pool.saveUser(silentContext, {
      ...user,
      Attributes,
      UserLastModifiedDate,
      UserStatus: "CONFIRMED",
    });
    await codes.forget(user.Username, purpose);
    return {};
  }

  // One at a time: otherwise two sign-ups could both find the same address free.
  let lastSignUp: Promise<unknown> = Promise.resolve();

  return {
    async SignUp(request) {
      checkPassword(request.Password);
      const signUp = lastSignUp.then(() => base("SignUp", request));
      lastSignUp = signUp.catch(() => {});
      return { ...(await signUp), ...deliveredTo(request.Username ?? "") };
    },

    async ConfirmSignUp(request) {
      const user = await findUser(request.Username);
      if (user?.UserStatus === "CONFIRMED") {
        throw notAuthorized("User cannot be confirmed. Current status is CONFIRMED");
      }
      const owner = checkCode(user, "SignUp", request.ConfirmationCode);
      return await confirm(owner, "SignUp", request.ClientMetadata);
    },

    async ResendConfirmationCode({ Username = "" }) {
      const user = await findUser(Username);
      if (user?.UserStatus === "CONFIRMED") throw invalidParameter("User is already confirmed.");
      return await sendCode(user, "ResendCode", Username);
    },

    async ForgotPassword({ Username = "" }) {
      const user = await findUser(Username);
      if (user && user.UserStatus !== "CONFIRMED") {
        throw invalidParameter(
          "Cannot reset password for the user as there is no registered/verified email or phone_number",
        );
      }
      return await sendCode(user, "ForgotPassword", Username);
    },

    async ConfirmForgotPassword(request) {
      const { Username, Password = "", ConfirmationCode, ClientMetadata } = request;
      checkPassword(Password);
      const user = checkCode(await findUser(Username), "ForgotPassword", ConfirmationCode);
      return await confirm({ ...user, Password }, "ForgotPassword", ClientMetadata);
    },
  };
}
