import {
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  AdminUserGlobalSignOutCommand,
  DeleteUserCommand,
  GetUserCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { decodeJwt } from "jose";
import { describe, expect, test, vi } from "vitest";
import { accountChanged, eventOf, startTestPool, toldOf } from "./pool.ts";

const { cognito, client, signUp, confirm, signIn, refresh, signedIn } = await startTestPool();

describe("the end of an account", () => {
  test.each(["DeleteUser", "AdminDeleteUser"])(
    "%s removes the user and their tokens, and frees their address",
    async (name) => {
      const { address, tokens, AccessToken, Username } = await signedIn();
      const { userPoolId: UserPoolId } = cognito;
      await (name === "DeleteUser"
        ? client.send(new DeleteUserCommand({ AccessToken }))
        : client.send(new AdminDeleteUserCommand({ UserPoolId, Username })));
      await toldOf(name, Username);
      for (const again of [
        () => client.send(new AdminDeleteUserCommand({ UserPoolId, Username })),
        () => client.send(new AdminGetUserCommand({ UserPoolId, Username })),
        () => client.send(new GetUserCommand({ AccessToken })),
      ]) {
        await expect(again()).rejects.toMatchObject({ name: "UserNotFoundException" });
      }
      await expect(refresh(tokens.RefreshToken)).rejects.toMatchObject({ name: "NotAuthorizedException" });
      await expect(signIn(address)).rejects.toMatchObject({ name: "NotAuthorizedException" });
      await signUp(address);
      await confirm(address);
      expect(String(decodeJwt((await signIn(address)).AccessToken ?? "").sub)).not.toBe(Username);
    },
  );

  test("retries the event after the function fails, and not after it succeeds", async () => {
    const { AccessToken, Username } = await signedIn();
    accountChanged.mockRejectedValueOnce(new Error("Not now"));
    await client.send(new DeleteUserCommand({ AccessToken }));
    await vi.waitFor(() => expect(accountChanged).toHaveBeenCalledTimes(2));
    expect(accountChanged.mock.calls.map(([event]) => event)).toEqual([
      eventOf("DeleteUser", Username),
      eventOf("DeleteUser", Username),
    ]);
  });

  test("an administrator signs a user out of every session", async () => {
    const { address, tokens, AccessToken, Username } = await signedIn();
    const other = await signIn(address);
    const { userPoolId: UserPoolId } = cognito;
    await client.send(new AdminUserGlobalSignOutCommand({ UserPoolId, Username }));
    for (const { RefreshToken } of [tokens, other]) {
      await expect(refresh(RefreshToken)).rejects.toMatchObject({ name: "NotAuthorizedException" });
    }
    await expect(client.send(new GetUserCommand({ AccessToken }))).rejects.toMatchObject({
      name: "NotAuthorizedException",
    });
    await signIn(address);
  });
});
