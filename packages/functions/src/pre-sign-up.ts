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

/** The pool's identity providers by the lower-case name with which usernames begin. */
const providers: Readonly<Record<string, string>> = { google: "Google" };

const cognito = new CognitoIdentityProviderClient({});

/**
 * Keeps a person with one verified e-mail address to one user. Who comes from Google for the first time and has a
 * password account is joined to it; who has come from Google gets no second account with a password.
 * Repeating it changes nothing: Cognito asks again when an answer is late.
 * @throws for a sign-up that is refused, with the word that the web app knows in its message
 */
export async function handler(event: PreSignUpTriggerEvent): Promise<PreSignUpTriggerEvent> {
  if (event.triggerSource === "PreSignUp_ExternalProvider") await joinPasswordAccount(event);
  if (event.triggerSource === "PreSignUp_SignUp") await refuseSecondAccount(event);
  return event;
}

/**
 * Links the identity to the account, in place of the user that Cognito is about to create. Cognito goes on to create it
 * all the same and then fails with "Already found an entry for username": the next sign-in is the account's.
 */
async function joinPasswordAccount(event: PreSignUpExternalProviderTriggerEvent): Promise<void> {
  const { userPoolId, userName } = event;
  const { email, email_verified } = event.request.userAttributes;
  // An address that nobody has verified proves nothing: linked, it would hand the account to whoever claims it.
  if (!email || email_verified !== "true") return;
  const users = await listUsers(userPoolId, email);
  // A disabled account is linked as well, or a new one from Google would lift the ban.
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

/** The pool's users with this e-mail address, in whatever state they are. */
async function listUsers(UserPoolId: string, email: string): Promise<UserType[]> {
  const quoted = email.toLowerCase().replace(/["\\]/g, "\\$&");
  const users: UserType[] = [];
  const pages = paginateListUsers({ client: cognito }, { UserPoolId, Filter: `email = "${quoted}"` });
  for await (const { Users = [] } of pages) users.push(...Users);
  return users;
}

/** Whether the user has proved to own the address; compared once more, so that no filter is trusted with accounts. */
function hasVerified(user: UserType, email: string): boolean {
  const value = (name: string) => user.Attributes?.find(({ Name }) => Name === name)?.Value;
  return value("email")?.toLowerCase() === email.toLowerCase() && value("email_verified") === "true";
}

/** Takes apart the username of somebody from an identity provider: `Google_1098…`, in lower case in some pools. */
function parseFederatedName(username: string): { provider: string; subject: string } {
  const at = username.indexOf("_");
  const provider = providers[username.slice(0, at).toLowerCase()];
  if (!provider) throw new Error(`No identity provider is known for the username ${username}`);
  return { provider, subject: username.slice(at + 1) };
}
