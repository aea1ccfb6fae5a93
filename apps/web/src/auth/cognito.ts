import { Amplify } from "aws-amplify";
import {
  confirmResetPassword,
  confirmSignUp,
  confirmUserAttribute,
  fetchAuthSession,
  resendSignUpCode,
  resetPassword,
  sendUserAttributeVerificationCode,
  signIn,
  signInWithRedirect,
  signOut,
  signUp,
  updateUserAttribute,
} from "aws-amplify/auth";
import { cognitoUserPoolsTokenProvider } from "aws-amplify/auth/cognito";
import { CookieStorage, Hub } from "aws-amplify/utils";
import { paths } from "#lib/paths.ts";
import type { AuthConfig } from "./config.ts";

/** Errors after which no refresh can succeed: the member or the pool is gone, or another step is needed. */
const gone = new Set([
  "UserNotFoundException",
  "ResourceNotFoundException",
  "UserNotConfirmedException",
  "PasswordResetRequiredException",
]);

/** The outcome of a sign-in: signed in, or first a confirmation code or a new password is needed. */
export type SignInOutcome = "signed-in" | "confirm" | "reset-password";

/**
 * Returns this app's Cognito operations, built on Amplify. The session is kept in cookies, so that the server and the
 * API see it. Functions throw Cognito's errors; cognito-errors.ts has their messages. Load it with `useCognito`.
 */
export function createCognito({ userPoolId, clientId, endpoint, hostedDomain, authFlow }: AuthConfig) {
  const { origin, protocol } = window.location;
  const redirects = hostedDomain
    ? {
        oauth: {
          domain: hostedDomain,
          scopes: ["openid", "email", "profile", "aws.cognito.signin.user.admin"],
          redirectSignIn: [origin + paths.googleSignIn],
          redirectSignOut: [origin + paths.landing],
          responseType: "code" as const,
        },
      }
    : {};

  /** Configures Amplify. With redirects, it at once completes a pending sign-in by redirect, if the address has a code. */
  function configure(loginWith: typeof redirects): void {
    const pool = { userPoolId, userPoolClientId: clientId, ...(endpoint && { userPoolEndpoint: endpoint }) };
    Amplify.configure({ Auth: { Cognito: { ...pool, loginWith: { email: true, ...loginWith } } } });
    cognitoUserPoolsTokenProvider.setKeyValueStorage(
      new CookieStorage({ sameSite: "lax", secure: protocol === "https:" }),
    );
  }

  /** Resolves once Amplify has completed a sign-in by redirect, with whether it succeeded. */
  const redirected = new Promise<boolean>((resolve) => {
    Hub.listen("auth", ({ payload: { event } }) => {
      if (event === "signInWithRedirect") resolve(true);
      if (event === "signInWithRedirect_failure") resolve(false);
    });
  });
  configure(redirects);

  /** Signs out without leaving the page: with a hosted domain configured, Amplify would redirect there. */
  async function forgetSession(): Promise<void> {
    configure({});
    try {
      await signOut();
    } finally {
      configure(redirects);
    }
  }

  /** Signs in, even over another member's session or one that the server did not recognize. */
  async function replaceSession<T>(attempt: () => Promise<T>): Promise<T> {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Error) || error.name !== "UserAlreadyAuthenticatedException") throw error;
      await forgetSession();
      return await attempt();
    }
  }

  async function signInWithPassword(email: string, password: string): Promise<SignInOutcome> {
    const options = { authFlowType: authFlow };
    const { nextStep } = await replaceSession(() => signIn({ username: email, password, options }));
    switch (nextStep.signInStep) {
      case "DONE":
        return "signed-in";
      case "CONFIRM_SIGN_UP":
        return "confirm";
      case "RESET_PASSWORD":
        return "reset-password";
      default:
        throw new Error(
          `The user pool asks for a step that this app does not support: ${nextStep.signInStep}`,
        );
    }
  }

  /**
   * Ends every session at Cognito. Not by Amplify, which hides a failure.
   * @throws if Cognito does not end them
   */
  async function revokeEverySession(): Promise<void> {
    const { tokens } = await fetchAuthSession();
    if (!tokens) return;
    const region = userPoolId.slice(0, userPoolId.indexOf("_"));
    const response = await fetch(endpoint ?? `https://cognito-idp.${region}.amazonaws.com/`, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": "AWSCognitoIdentityProviderService.GlobalSignOut",
      },
      body: JSON.stringify({ AccessToken: tokens.accessToken.toString() }),
    });
    if (!response.ok) throw new Error(`Cognito answered ${response.status}`);
  }

  return {
    signIn: signInWithPassword,

    /** Goes to Google through the hosted domain, which redirects back to `paths.googleSignIn`. */
    async leaveForGoogle(): Promise<void> {
      await replaceSession(() => signInWithRedirect({ provider: "Google" }));
    },

    /** For the page that Google redirects to: returns whether the person is signed in, once Amplify is done. */
    async returnFromGoogle(): Promise<boolean> {
      // `redirected` never resolves if no redirect was pending. If one was, `fetchAuthSession` alone can wait for minutes:
      // Amplify misses a completion that comes just as it begins to wait.
      const hasSession = fetchAuthSession().then(({ tokens }) => tokens !== undefined);
      return await Promise.race([redirected, hasSession]);
    },

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

    /** Renews the session, and returns whether there is one; throws if that cannot be known now. */
    async refresh(): Promise<boolean> {
      try {
        const { tokens } = await fetchAuthSession({ forceRefresh: true });
        return tokens !== undefined;
      } catch (error) {
        if (error instanceof Error && gone.has(error.name)) return false;
        throw error;
      }
    },

    /** Has a code mailed to a new address; the account keeps the old address until the code is entered. */
    async requestEmailChange(email: string): Promise<void> {
      await updateUserAttribute({ userAttribute: { attributeKey: "email", value: email } });
    },

    async resendEmailCode(): Promise<void> {
      await sendUserAttributeVerificationCode({ userAttributeKey: "email" });
    },

    async confirmEmailChange(code: string): Promise<void> {
      await confirmUserAttribute({ userAttributeKey: "email", confirmationCode: code });
    },

    /** Ends every session of the member, in other browsers too, and forgets this one. */
    async signOutEverywhere(): Promise<void> {
      await revokeEverySession();
      await forgetSession();
    },

    /** Revokes the session at Cognito, if Cognito can be reached, and forgets it here. */
    signOut: forgetSession,
  };
}
