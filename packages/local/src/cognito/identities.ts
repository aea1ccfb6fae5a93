import {
  attribute,
  attributesAppend,
  attributeValue,
  type User,
  type UserPoolService,
} from "cognito-local/lib/services/userPoolService.js";
import { silentContext } from "./silent-context.ts";

/** The pool's one identity provider, as the pool names it. */
export const googleProvider = "Google";

/** An entry of the attribute `identities`, in which Cognito keeps by which providers a user signs in. */
interface Identity {
  readonly userId: string;
  readonly providerName: string;
  readonly providerType: string;
  readonly issuer: null;
  /** Whether the provider's sign-up made this user; false for one that was linked to a user later. */
  readonly primary: boolean;
  /** Milliseconds since the epoch. */
  readonly dateCreated: number;
}

/** Whether a provider's sign-up made this user, who then has no password. */
export function isFromProvider(user: User): boolean {
  return user.UserStatus === "EXTERNAL_PROVIDER";
}

/** The user who signs in by this Google identity: made by it, or linked to it. */
export async function findByIdentity(pool: UserPoolService, userId: string): Promise<User | undefined> {
  const users = await pool.listUsers(silentContext);
  return users.find((user) => identitiesOf(user).some((identity) => identity.userId === userId));
}

/** The user with one more Google identity. */
export function withIdentity(user: User, userId: string): User {
  const identity: Identity = {
    userId,
    providerName: googleProvider,
    providerType: googleProvider,
    issuer: null,
    primary: isFromProvider(user),
    dateCreated: Date.now(),
  };
  const identities = JSON.stringify([...identitiesOf(user), identity]);
  return { ...user, Attributes: attributesAppend(user.Attributes, attribute("identities", identities)) };
}

function identitiesOf(user: User): Identity[] {
  return JSON.parse(attributeValue("identities", user.Attributes) ?? "[]") as Identity[];
}
