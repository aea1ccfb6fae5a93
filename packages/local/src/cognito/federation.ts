import { randomUUID } from "node:crypto";
import { CognitoError } from "cognito-local/lib/errors.js";
import type { Triggers } from "cognito-local/lib/services/triggers/triggers.js";
import { attributesFromRecord, type User } from "cognito-local/lib/services/userPoolService.js";
import type { Directory } from "./directory.ts";
import { findByIdentity, googleProvider, isFromProvider, withIdentity } from "./identities.ts";
import { silentContext } from "./silent-context.ts";
import type { TokenIssuer, Tokens } from "./tokens.ts";

/** A person as Google describes them. */
export interface GoogleProfile {
  readonly subject: string;
  readonly email: string;
  readonly emailVerified: boolean;
  readonly name: string;
}

/** What the hosted domain needs from the user pool. */
export interface Federation {
  /**
   * Signs in a person whom Google has authenticated and returns their username. Finds the user whom this identity
   * created or is linked to, or else creates one and calls Cognito's triggers. Rejects with Cognito's error if the
   * sign-up fails.
   */
  signIn(profile: GoogleProfile): Promise<string>;
  /** Returns the tokens of a new sign-in. */
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
    // The trigger may have linked the identity to a user. Cognito then rejects this sign-in, and the next one succeeds.
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
        // Every sign-in updates the mapped attributes from the provider.
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
