import type { Mail } from "../mailbox.ts";
import type { Outputs } from "../stack.ts";

/** Where members sign up and in. */
type IdentityOutputs = Pick<Outputs, "cognitoEndpoint" | "userPoolClientId" | "mailbox">;

class CognitoRefusal extends Error {}

/**
 * Signs a member in. A new one signs up first as a person would: with the code from the mailbox.
 *
 * @returns their access token, and whether they are new.
 */
export async function signIn(
  outputs: IdentityOutputs,
  { email, name, password }: { readonly email: string; readonly name: string; readonly password: string },
): Promise<{ accessToken: string; isNew: boolean }> {
  const enter = async () => {
    const answer = await callCognito(outputs, "InitiateAuth", {
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: email, PASSWORD: password },
    });
    return (answer as { AuthenticationResult: { AccessToken: string } }).AuthenticationResult.AccessToken;
  };

  const account = { Username: email, Password: password, UserAttributes: [{ Name: "name", Value: name }] };
  if (await isRefused("UsernameExistsException", callCognito(outputs, "SignUp", account))) {
    let accessToken = "";
    const isUnconfirmed = await isRefused(
      "UserNotConfirmedException",
      enter().then((token) => {
        accessToken = token;
      }),
    );
    if (!isUnconfirmed) return { accessToken, isNew: false };
    // An earlier start was interrupted.
    await callCognito(outputs, "ResendConfirmationCode", { Username: email });
  }
  const ConfirmationCode = await lastCode(outputs.mailbox, email);
  await callCognito(outputs, "ConfirmSignUp", { Username: email, ConfirmationCode });
  return { accessToken: await enter(), isNew: true };
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

/** Whether the call is refused for this reason; other failures are the caller's. */
async function isRefused(reason: string, call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return false;
  } catch (error) {
    if (error instanceof CognitoRefusal && error.cause === reason) return true;
    throw error;
  }
}

async function lastCode(mailbox: string, email: string): Promise<string | undefined> {
  const response = await fetch(`${mailbox}/?to=${encodeURIComponent(email)}`);
  return ((await response.json()) as Mail[]).at(-1)?.code;
}
