import type { SignIn, SignIns } from "@kumite/core/accounts";

/** The sign-ins of a Cognito user pool. Its client is loaded at the first use, because few calls need it. */
export function createSignIns(UserPoolId: string): SignIns {
  let loaded: ReturnType<typeof load> | undefined;
  const cognito = () => {
    loaded ??= load();
    return loaded;
  };
  return {
    async remove(Username) {
      const { client, AdminDeleteUserCommand, UserNotFoundException } = await cognito();
      await client.send(new AdminDeleteUserCommand({ UserPoolId, Username })).catch((error: unknown) => {
        if (!(error instanceof UserNotFoundException)) throw error;
      });
    },
    async find(Username): Promise<SignIn | undefined> {
      const { client, AdminGetUserCommand, UserNotFoundException } = await cognito();
      try {
        const { UserAttributes } = await client.send(new AdminGetUserCommand({ UserPoolId, Username }));
        const value = (name: string) => UserAttributes?.find(({ Name }) => Name === name)?.Value;
        return { verifiedEmail: value("email_verified") === "true" ? value("email") : undefined };
      } catch (error) {
        if (error instanceof UserNotFoundException) return undefined;
        throw error;
      }
    },
  };
}

async function load() {
  const sdk = await import("@aws-sdk/client-cognito-identity-provider");
  const { AdminDeleteUserCommand, AdminGetUserCommand, UserNotFoundException } = sdk;
  const client = new sdk.CognitoIdentityProviderClient({ maxAttempts: 3 });
  return { client, AdminDeleteUserCommand, AdminGetUserCommand, UserNotFoundException };
}
