import { randomUUID } from "node:crypto";
import { CognitoError } from "cognito-local/lib/errors.js";
import type { Triggers } from "cognito-local/lib/services/triggers/triggers.js";
import { attributesFromRecord, type User } from "cognito-local/lib/services/userPoolService.js";
import type { Directory } from "./directory.ts";
import { findByIdentity, googleProvider, isFromProvider, withIdentity } from "./identities.ts";
import { silentContext } from "./silent-context.ts";
import type { TokenIssuer, Tokens } from "./tokens.ts";

/** Who somebody is in Google's word. */
export interface GoogleProfile {
  readonly subject: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly name: string;
}

/** What the hosted domain needs of the pool behind it. */
export interface Federation {
  /**
   * The username of whoever Google vouches for: the user whom that identity made or is linked to, else a new one, with
   * the triggers that Cognito calls. Rejects with Cognito's error where the sign-up fails.
   */
  signIn(profile: GoogleProfile): Promise<string>;
  /** The tokens of a new sign-in. */
  startSession(username: string, scope: string): Promise<Tokens & { readonly RefreshToken: string }>;
}

export function createFederation(
  { pool, client }: Directory,
  tokens: TokenIssuer,
  triggers: Triggers,
): Federation {
  async function signUp(profile: GoogleProfile): Promise<User> {
    const { subject, email, emailVerified, name } = profile;
    const username = `${googleProvider.toLowerCase()}_${subject}`;
    const attributes = { email, email_verified: String(emailVerified), name };
    const call = { clientId: client.ClientId, userPoolId: client.UserPoolId, username };
    await triggers.preSignUp(silentContext, {
      ...call,
      source: "PreSignUp_ExternalProvider",
      userAttributes: attributesFromRecord(attributes),
      clientMetadata: undefined,
      validationData: undefined,
    });
    // The trigger may have linked the identity to a user; Cognito then fails, and the next sign-in succeeds.
    if (await findByIdentity(pool, subject)) {
      const words = `Already found an entry for username ${googleProvider}_${subject}`;
      throw new CognitoError("InvalidParameterException", words);
    }
    const now = new Date();
    const user = withIdentity(
      {
        Attributes: attributesFromRecord({ ...attributes, sub: randomUUID() }),
        Enabled: true,
        Password: "",
        RefreshTokens: [],
        UserCreateDate: now,
        UserLastModifiedDate: now,
        Username: username,
        UserStatus: "EXTERNAL_PROVIDER",
      },
      subject,
    );
    await pool.saveUser(silentContext, user);
    await triggers.postConfirmation(silentContext, {
      ...call,
      source: "PostConfirmation_ConfirmSignUp",
      userAttributes: [...user.Attributes, { Name: "cognito:user_status", Value: user.UserStatus }],
    });
    return user;
  }

  return {
    async signIn(profile) {
      const known = await findByIdentity(pool, profile.subject);
      if (!known) return (await signUp(profile)).Username;
      if (!known.Enabled) throw new CognitoError("NotAuthorizedException", "User is disabled.");
      if (isFromProvider(known)) {
        // Mapped attributes follow the provider at every sign-in.
        const { email, emailVerified, name } = profile;
        const mapped = attributesFromRecord({ email, email_verified: String(emailVerified), name });
        const kept = known.Attributes.filter(({ Name }) => !mapped.some((other) => other.Name === Name));
        await pool.saveUser(silentContext, { ...known, Attributes: [...kept, ...mapped] });
      }
      return known.Username;
    },

    async startSession(username, scope) {
      const user = await pool.getUserByUsername(silentContext, username);
      if (!user) throw new CognitoError("UserNotFoundException", "User does not exist.");
      const session = await tokens.startSession(user, client, scope);
      await pool.storeRefreshToken(silentContext, session.RefreshToken, user);
      return session;
    },
  };
}
