import { Amplify } from "aws-amplify";
import {
  confirmResetPassword,
  confirmSignUp,
  fetchAuthSession,
  resendSignUpCode,
  resetPassword,
  signIn,
  signOut,
  signUp,
} from "aws-amplify/auth";
import { cognitoUserPoolsTokenProvider } from "aws-amplify/auth/cognito";
import { CookieStorage } from "aws-amplify/utils";
import type { AuthConfig } from "./config.ts";

/** A refresh that fails so will never succeed: the member or the pool is no more, or wants another step. */
const gone = new Set([
  "UserNotFoundException",
  "ResourceNotFoundException",
  "UserNotConfirmedException",
  "PasswordResetRequiredException",
]);

/** Where a sign-in leads: in, or first to the confirmation code or a new password. */
export type SignInOutcome = "signed-in" | "confirm" | "reset-password";

/**
 * Cognito in this app's words, by way of Amplify. The session is kept in cookies, so that the server and the API see
 * it. Functions throw Cognito's errors; cognito-errors.ts has words for them. Load it with `useCognito`.
 */
export function createCognito({ userPoolId, clientId, endpoint, authFlow }: AuthConfig) {
  Amplify.configure({
    Auth: {
      Cognito: {
        userPoolId,
        userPoolClientId: clientId,
        ...(endpoint && { userPoolEndpoint: endpoint }),
        loginWith: { email: true },
      },
    },
  });
  cognitoUserPoolsTokenProvider.setKeyValueStorage(
    new CookieStorage({ sameSite: "lax", secure: window.location.protocol === "https:" }),
  );

  async function signInWithPassword(email: string, password: string): Promise<SignInOutcome> {
    const attempt = () => signIn({ username: email, password, options: { authFlowType: authFlow } });
    const { nextStep } = await attempt().catch(async (error: unknown) => {
      if (!(error instanceof Error) || error.name !== "UserAlreadyAuthenticatedException") throw error;
      // Somebody else's session, or one that the server did not recognise: the newer wish counts.
      await signOut();
      return attempt();
    });
    switch (nextStep.signInStep) {
      case "DONE":
        return "signed-in";
      case "CONFIRM_SIGN_UP":
        return "confirm";
      case "RESET_PASSWORD":
        return "reset-password";
      default:
        throw new Error(`The user pool asks for a step that this app does not have: ${nextStep.signInStep}`);
    }
  }

  return {
    signIn: signInWithPassword,

    async signUp(email: string, password: string, displayName: string): Promise<void> {
      await signUp({
        username: email,
        password,
        options: { userAttributes: { email, name: displayName } },
      });
    },

    async confirmSignUp(email: string, code: string): Promise<void> {
      await confirmSignUp({ username: email, confirmationCode: code });
    },

    async resendCode(email: string): Promise<void> {
      await resendSignUpCode({ username: email });
    },

    async requestPasswordReset(email: string): Promise<void> {
      await resetPassword({ username: email });
    },

    async resetPassword(email: string, code: string, newPassword: string): Promise<void> {
      await confirmResetPassword({ username: email, confirmationCode: code, newPassword });
    },

    /** Answers whether there is a session after renewing it; throws where that cannot be known now. */
    async refresh(): Promise<boolean> {
      try {
        const { tokens } = await fetchAuthSession({ forceRefresh: true });
        return tokens !== undefined;
      } catch (error) {
        if (error instanceof Error && gone.has(error.name)) return false;
        throw error;
      }
    },

    /** Revokes the session at Cognito, as far as that is within reach, and forgets it here. */
    async signOut(): Promise<void> {
      await signOut();
    },
  };
}
