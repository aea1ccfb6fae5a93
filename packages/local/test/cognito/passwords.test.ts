import {
  ChangePasswordCommand,
  ConfirmForgotPasswordCommand,
  ForgotPasswordCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, test } from "vitest";
import {
  lastCode,
  mails,
  minute,
  newAddress,
  Password,
  postConfirmation,
  startTestPool,
  travel,
  wrongVersionOf,
} from "./pool.ts";

const { client, ClientId, signUp, signIn, newMember } = await startTestPool();

describe("a forgotten password", () => {
  const forget = (Username: string) => client.send(new ForgotPasswordCommand({ ClientId, Username }));
  const reset = (Username: string, ConfirmationCode: string, password: string) =>
    client.send(
      new ConfirmForgotPasswordCommand({ ClientId, Username, ConfirmationCode, Password: password }),
    );

  test("is replaced with a code, and the trigger gets the reason", async () => {
    const address = await newMember();
    await forget(address);
    const code = lastCode(address);
    await expect(reset(address, wrongVersionOf(code), "New-passw0rd")).rejects.toMatchObject({
      name: "CodeMismatchException",
    });
    await expect(reset(address, code, "weak")).rejects.toMatchObject({ name: "InvalidPasswordException" });
    await reset(address, code, "New-passw0rd");
    expect(postConfirmation).toHaveBeenLastCalledWith(
      expect.objectContaining({ triggerSource: "PostConfirmation_ConfirmForgotPassword" }),
    );
    await expect(signIn(address)).rejects.toMatchObject({ name: "NotAuthorizedException" });
    await expect(signIn(address, "New-passw0rd")).resolves.toBeDefined();
    await expect(reset(address, code, "New-passw0rd-2")).rejects.toMatchObject({
      name: "ExpiredCodeException",
    });
  });

  test("is not replaced with a code that is one hour old", async () => {
    const address = await newMember();
    await forget(address);
    travel(60 * minute + 1);
    await expect(reset(address, lastCode(address), "New-passw0rd")).rejects.toMatchObject({
      name: "ExpiredCodeException",
    });
  });

  test("gets the same answer for an unknown address, and mails nothing", async () => {
    const address = newAddress();
    await expect(forget(address)).resolves.toMatchObject({
      CodeDeliveryDetails: { Destination: "m***@e***" },
    });
    expect(mails.some(({ to }) => to === address)).toBe(false);
  });

  test("cannot be reset before the address is confirmed", async () => {
    const address = newAddress();
    await signUp(address);
    await expect(forget(address)).rejects.toMatchObject({ name: "InvalidParameterException" });
  });
});

test("changes a password only for a caller who knows it", async () => {
  const address = await newMember();
  const { AccessToken } = await signIn(address);
  const change = (PreviousPassword: string) =>
    client.send(
      new ChangePasswordCommand({ AccessToken, PreviousPassword, ProposedPassword: "New-passw0rd" }),
    );
  await expect(change("Wrong-passw0rd")).rejects.toMatchObject({
    message: "Incorrect username or password.",
  });
  await change(Password);
  await expect(signIn(address, "New-passw0rd")).resolves.toBeDefined();
});
