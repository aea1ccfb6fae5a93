import type { Mail } from "./mail.ts";
import type { Outputs } from "./outputs.ts";

/** Where members sign up and in. */
type IdentityOutputs = Pick<Outputs, "cognitoEndpoint" | "userPoolClientId" | "mailbox">;

/** The account that a person signs up with. */
export interface Account {
  readonly email: string;
  readonly name: string;
  readonly password: string;
}

class CognitoRefusal extends Error {}

/**
 * Signs up a new member as a person would, with the code from the mailbox.
 * @throws Error with Cognito's message if it refuses
 */
export async function signUp(outputs: IdentityOutputs, account: Account): Promise<void> {
  await register(outputs, account);
  await confirm(outputs, account.email);
}

/**
 * Signs a member in. A new one signs up first.
 * @returns their access token
 * @throws Error with Cognito's message if it refuses
 */
export async function signIn(outputs: IdentityOutputs, account: Account): Promise<string> {
  const { email, password } = account;
  const enter = async () => {
    const answer = await callCognito(outputs, "InitiateAuth", {
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: email, PASSWORD: password },
    });
    return (answer as { AuthenticationResult: { AccessToken: string } }).AuthenticationResult.AccessToken;
  };
  if (!(await succeeds(register(outputs, account), "UsernameExistsException"))) {
    const entering = enter();
    if (await succeeds(entering, "UserNotConfirmedException")) return await entering;
    // An earlier start was interrupted.
    await callCognito(outputs, "ResendConfirmationCode", { Username: email });
  }
  await confirm(outputs, email);
  return await enter();
}

function register(outputs: IdentityOutputs, { email, name, password }: Account): Promise<object> {
  const UserAttributes = [{ Name: "name", Value: name }];
  return callCognito(outputs, "SignUp", { Username: email, Password: password, UserAttributes });
}

async function confirm(outputs: IdentityOutputs, email: string): Promise<void> {
  const ConfirmationCode = await lastCode(outputs.mailbox, email);
  await callCognito(outputs, "ConfirmSignUp", { Username: email, ConfirmationCode });
}

/**
 * Puts a user into a group of the pool, as an operator does with the AWS CLI. Idempotent.
 * @returns whether there is such a user
 */
export async function addToGroup(
  outputs: IdentityOutputs & Pick<Outputs, "userPoolId">,
  email: string,
  GroupName: string,
): Promise<boolean> {
  const { userPoolId: UserPoolId } = outputs;
  const call = callCognito(outputs, "AdminAddUserToGroup", { UserPoolId, Username: email, GroupName });
  return await succeeds(call, "UserNotFoundException");
}

async function callCognito(outputs: IdentityOutputs, operation: string, parameters: object): Promise<object> {
  const response = await fetch(outputs.cognitoEndpoint, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `AWSCognitoIdentityProviderService.${operation}`,
    },
    body: JSON.stringify({ ClientId: outputs.userPoolClientId, ...parameters }),
  });
  const answer = (await response.json()) as { __type?: string; message?: string };
  if (!response.ok) throw new CognitoRefusal(answer.message, { cause: answer.__type });
  return answer;
}

/** Returns true if a call succeeds, false if it is refused for this reason. Rejects for any other reason. */
async function succeeds(call: Promise<unknown>, reason: string): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    if (error instanceof CognitoRefusal && error.cause === reason) return false;
    throw error;
  }
}

async function lastCode(mailbox: string, email: string): Promise<string | undefined> {
  const response = await fetch(`${mailbox}/?to=${encodeURIComponent(email)}`);
  return ((await response.json()) as Mail[]).at(-1)?.code;
}
