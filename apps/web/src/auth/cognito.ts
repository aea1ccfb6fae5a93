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

  /** Knowing of redirects, Amplify at once ends a sign-in by one that is under way: well, where the address has a code. */
  function configure(loginWith: typeof redirects): void {
    const pool = { userPoolId, userPoolClientId: clientId, ...(endpoint && { userPoolEndpoint: endpoint }) };
    Amplify.configure({ Auth: { Cognito: { ...pool, loginWith: { email: true, ...loginWith } } } });
    cognitoUserPoolsTokenProvider.setKeyValueStorage(
      new CookieStorage({ sameSite: "lax", secure: protocol === "https:" }),
    );
  }

  /** Whether a sign-in by redirect ended well, once Amplify has ended one. */
  const redirected = new Promise<boolean>((resolve) => {
    Hub.listen("auth", ({ payload: { event } }) => {
      if (event === "signInWithRedirect") resolve(true);
      if (event === "signInWithRedirect_failure") resolve(false);
    });
  });
  configure(redirects);

  /** Amplify leaves the page at a sign-out where it knows of a hosted domain; whoever calls this decides that. */
  async function forgetSession(): Promise<void> {
    configure({});
    try {
      await signOut();
    } finally {
      configure(redirects);
    }
  }

  /** Signs in, though there may be somebody else's session, or one that the server did not recognize. */
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
        throw new Error(`The user pool asks for a step that this app does not have: ${nextStep.signInStep}`);
    }
  }

  /**
   * Ends every session at Cognito. Amplify would hide it when that fails.
   * @throws where Cognito did not end them
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

    /** Leaves for Google, by way of the hosted domain; people come back to `paths.googleSignIn`. */
    async leaveForGoogle(): Promise<void> {
      await replaceSession(() => signInWithRedirect({ provider: "Google" }));
    },

    /** On the page that people come back to: answers whether they are signed in, once Amplify has seen to it. */
    async returnFromGoogle(): Promise<boolean> {
      // No word comes where none was under way. Where one was, the session alone may keep one waiting for minutes:
      // Amplify misses an end that comes while it begins to wait.
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

    /** Has a code mailed to a new address; the account keeps the old one until the code comes back. */
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

    /** Revokes the session at Cognito, as far as that is within reach, and forgets it here. */
    signOut: forgetSession,
  };
}
