import {
  AdminLinkProviderForUserCommand,
  CognitoIdentityProviderClient,
  InvalidParameterException,
  paginateListUsers,
  type UserType,
} from "@aws-sdk/client-cognito-identity-provider";
import type {
  PreSignUpEmailTriggerEvent,
  PreSignUpExternalProviderTriggerEvent,
  PreSignUpTriggerEvent,
} from "aws-lambda";
import { log } from "./log.ts";

/** The pool's identity providers, by the lower-case prefix of their usernames. */
const providers: Readonly<Record<string, string>> = { google: "Google" };

const cognito = new CognitoIdentityProviderClient({});

/**
 * Keeps one user for each verified e-mail address. A first Google sign-in is linked to the member's password account. A
 * member with a Google account gets no second account with a password. Idempotent, because Cognito retries if the
 * answer is late.
 * @throws Error for a refused sign-up; the web app recognizes the word in its message
 */
export async function handler(event: PreSignUpTriggerEvent): Promise<PreSignUpTriggerEvent> {
  if (event.triggerSource === "PreSignUp_ExternalProvider") await joinPasswordAccount(event);
  if (event.triggerSource === "PreSignUp_SignUp") await refuseSecondAccount(event);
  return event;
}

/**
 * Links the Google identity to the account. Cognito still tries to create a user and fails with "Already found an entry
 * for username". The next sign-in then uses the account.
 */
async function joinPasswordAccount(event: PreSignUpExternalProviderTriggerEvent): Promise<void> {
  const { userPoolId, userName } = event;
  const { email, email_verified } = event.request.userAttributes;
  // Linking an unverified address would give the account to anyone who claims the address.
  if (!email || email_verified !== "true") return;
  const users = await listUsers(userPoolId, email);
  // A disabled account is linked too. Otherwise a new Google account would bypass the ban.
  const account = users.find((user) => user.UserStatus === "CONFIRMED" && hasVerified(user, email));
  if (!account) return;

  const { provider, subject } = parseFederatedName(userName);
  const link = new AdminLinkProviderForUserCommand({
    UserPoolId: userPoolId,
    DestinationUser: { ProviderName: "Cognito", ProviderAttributeValue: account.Username },
    SourceUser: {
      ProviderName: provider,
      ProviderAttributeName: "Cognito_Subject",
      ProviderAttributeValue: subject,
    },
  });
  await cognito.send(link).catch((error: unknown) => {
    const isLinked = error instanceof InvalidParameterException && /already linked/i.test(error.message);
    if (!isLinked) throw error;
  });
  log("info", "pre-sign-up", { linked: provider });
}

async function refuseSecondAccount({ userPoolId, request }: PreSignUpEmailTriggerEvent): Promise<void> {
  const { email } = request.userAttributes;
  if (!email) return;
  const users = await listUsers(userPoolId, email);
  if (users.some((user) => user.UserStatus === "EXTERNAL_PROVIDER" && hasVerified(user, email))) {
    throw new Error("SIGNS_IN_WITH_GOOGLE");
  }
}

/** The pool's users with this e-mail address, in any state. */
async function listUsers(UserPoolId: string, email: string): Promise<UserType[]> {
  const quoted = email.toLowerCase().replace(/["\\]/g, "\\$&");
  const users: UserType[] = [];
  const pages = paginateListUsers({ client: cognito }, { UserPoolId, Filter: `email = "${quoted}"` });
  for await (const { Users = [] } of pages) users.push(...Users);
  return users;
}

/** Whether the user has verified this address. Compares it again, so that accounts do not depend on the filter. */
function hasVerified(user: UserType, email: string): boolean {
  const value = (name: string) => user.Attributes?.find(({ Name }) => Name === name)?.Value;
  return value("email")?.toLowerCase() === email.toLowerCase() && value("email_verified") === "true";
}

/** Splits the username of a user from an identity provider: `Google_1098…`, in lower case in some pools. */
function parseFederatedName(username: string): { provider: string; subject: string } {
  const at = username.indexOf("_");
  const provider = providers[username.slice(0, at).toLowerCase()];
  if (!provider) throw new Error(`Unknown identity provider in the username ${username}`);
  return { provider, subject: username.slice(at + 1) };
}
