import { ResendConfirmationCodeCommand } from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, test } from "vitest";
import {
  lastCode,
  minute,
  newAddress,
  postConfirmation,
  startTestPool,
  travel,
  wrongVersionOf,
} from "./pool.ts";

const { cognito, client, ClientId, signUp, confirm, signIn, newMember } = await startTestPool();

describe("signing up", () => {
  test("mails a code that confirms the address and calls PostConfirmation as Cognito does", async () => {
    const address = newAddress();
    const { UserSub, UserConfirmed, CodeDeliveryDetails } = await signUp(address);
    expect(UserConfirmed).toBe(false);
    expect(CodeDeliveryDetails).toEqual({
      AttributeName: "email",
      DeliveryMedium: "EMAIL",
      Destination: "m***@e***",
    });
    expect(lastCode(address)).toMatch(/^\d{6}$/);

    await confirm(address);
    expect(postConfirmation).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({
        triggerSource: "PostConfirmation_ConfirmSignUp",
        userName: UserSub,
        userPoolId: cognito.userPoolId,
        request: {
          userAttributes: {
            sub: UserSub,
            email: address,
            email_verified: "true",
            "cognito:user_status": "CONFIRMED",
          },
        },
      }),
    );
  });

  test("refuses a weak password, and a taken address in any case", async () => {
    await expect(signUp(newAddress(), "weak")).rejects.toMatchObject({
      name: "InvalidPasswordException",
      message: "Password did not conform with policy: Password not long enough",
    });
    const address = await newMember();
    await expect(signUp(address.toUpperCase())).rejects.toMatchObject({ name: "UsernameExistsException" });
  });

  test("gives an address to only one of two concurrent sign-ups", async () => {
    const address = newAddress();
    const outcomes = await Promise.allSettled([signUp(address), signUp(address)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  test("refuses a wrong code, then accepts the right one, once", async () => {
    const address = newAddress();
    await signUp(address);
    await expect(confirm(address, wrongVersionOf(lastCode(address)))).rejects.toMatchObject({
      name: "CodeMismatchException",
    });
    await confirm(address);
    await expect(confirm(address)).rejects.toMatchObject({
      name: "NotAuthorizedException",
      message: "User cannot be confirmed. Current status is CONFIRMED",
    });
  });

  test("resends a code, and only the last one is valid", async () => {
    const address = newAddress();
    await signUp(address);
    const [first, Username] = [lastCode(address), address];
    await client.send(new ResendConfirmationCodeCommand({ ClientId, Username }));
    // Once in a million times both are the same.
    if (first !== lastCode(address)) {
      await expect(confirm(address, first)).rejects.toMatchObject({ name: "CodeMismatchException" });
    }
    await confirm(address);
    await expect(
      client.send(new ResendConfirmationCodeCommand({ ClientId, Username })),
    ).rejects.toMatchObject({
      name: "InvalidParameterException",
      message: "User is already confirmed.",
    });
  });

  test("expires a code after a day", async () => {
    const address = newAddress();
    await signUp(address);
    travel(24 * 60 * minute + 1);
    await expect(confirm(address)).rejects.toMatchObject({ name: "ExpiredCodeException" });
  });

  test("can be confirmed again after PostConfirmation failed", async () => {
    const address = newAddress();
    await signUp(address);
    postConfirmation.mockRejectedValueOnce(new Error("no database"));
    await expect(confirm(address)).rejects.toMatchObject({
      name: "UserLambdaValidationException",
      message: "PostConfirmation failed with error no database.",
    });
    await confirm(address);
    await expect(signIn(address)).resolves.toMatchObject({ TokenType: "Bearer" });
  });
});
