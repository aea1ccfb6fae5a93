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

/** An entry of the attribute `identities`: a provider by which the user signs in. */
interface Identity {
  readonly userId: string;
  readonly providerName: string;
  readonly providerType: string;
  readonly issuer: null;
  /** Whether the provider's sign-up created this user; false if the identity was linked later. */
  readonly primary: boolean;
  /** Milliseconds since the epoch. */
  readonly dateCreated: number;
}

/** Whether a provider's sign-up created this user. Such a user has no password. */
export function isFromProvider(user: User): boolean {
  return user.UserStatus === "EXTERNAL_PROVIDER";
}

/** Finds the user whom this Google identity created or is linked to. */
export async function findByIdentity(pool: UserPoolService, userId: string): Promise<User | undefined> {
  const users = await pool.listUsers(silentContext);
  return users.find((user) => identitiesOf(user).some((identity) => identity.userId === userId));
}

/** Returns the user with one more Google identity. */
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
