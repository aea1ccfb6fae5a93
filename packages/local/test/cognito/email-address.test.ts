import {
  AdminUpdateUserAttributesCommand,
  GetUserAttributeVerificationCodeCommand,
  UpdateUserAttributesCommand,
  VerifyUserAttributeCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, test } from "vitest";
import {
  accountChanged,
  lastCode,
  mails,
  minute,
  newAddress,
  startTestPool,
  toldOf,
  travel,
  wrongVersionOf,
} from "./pool.ts";

const { cognito, client, signIn, signedIn, attributesOf } = await startTestPool();

const changeEmail = (AccessToken: string, Value: string) =>
  client.send(new UpdateUserAttributesCommand({ AccessToken, UserAttributes: [{ Name: "email", Value }] }));
const verifyEmail = (AccessToken: string, Code: string) =>
  client.send(new VerifyUserAttributeCommand({ AccessToken, AttributeName: "email", Code }));

describe("changing the e-mail address", () => {
  test("mails a code to the new address, and changes nothing before it is verified", async () => {
    const { address, AccessToken, Username } = await signedIn();
    const next = newAddress();
    const mailed = mails.length;
    const { CodeDeliveryDetailsList } = await changeEmail(AccessToken, next.toUpperCase());
    expect(CodeDeliveryDetailsList).toEqual([
      { AttributeName: "email", DeliveryMedium: "EMAIL", Destination: "m***@e***" },
    ]);
    expect(mails.slice(mailed).map(({ to }) => to)).toEqual([next]);
    expect(await attributesOf(AccessToken)).toMatchObject({ email: address, email_verified: "true" });
    await expect(signIn(next)).rejects.toMatchObject({ name: "NotAuthorizedException" });
    await expect(verifyEmail(AccessToken, wrongVersionOf(lastCode(next)))).rejects.toMatchObject({
      name: "CodeMismatchException",
    });
    expect(await attributesOf(AccessToken)).toMatchObject({ email: address });
    expect(accountChanged).not.toHaveBeenCalled();

    await verifyEmail(AccessToken, lastCode(next));
    expect(await attributesOf(AccessToken)).toMatchObject({ email: next, email_verified: "true" });
    await signIn(next);
    await expect(signIn(address)).rejects.toMatchObject({ name: "NotAuthorizedException" });
    await toldOf("VerifyUserAttribute", Username);
    // A code is valid once.
    await expect(verifyEmail(AccessToken, lastCode(next))).rejects.toMatchObject({
      name: "ExpiredCodeException",
    });
  });

  test("resends a code on request, to the unverified new address if there is one; only the last code is valid", async () => {
    const { address, AccessToken } = await signedIn();
    const resend = () =>
      client.send(new GetUserAttributeVerificationCodeCommand({ AccessToken, AttributeName: "email" }));
    await resend();
    expect(mails.at(-1)?.to).toBe(address);
    const next = newAddress();
    await changeEmail(AccessToken, next);
    const first = lastCode(next);
    await resend();
    const second = lastCode(next);
    expect(mails.at(-1)?.to).toBe(next);
    if (first !== second) {
      await expect(verifyEmail(AccessToken, first)).rejects.toMatchObject({ name: "CodeMismatchException" });
    }
    await verifyEmail(AccessToken, second);
    expect(await attributesOf(AccessToken)).toMatchObject({ email: next });
  });

  test("refuses an address of another account, at once and if it was taken meanwhile", async () => {
    const [{ AccessToken }, other] = await Promise.all([signedIn(), signedIn()]);
    await expect(changeEmail(AccessToken, other.address)).rejects.toMatchObject({
      name: "AliasExistsException",
    });
    const wanted = newAddress();
    await changeEmail(AccessToken, wanted);
    const code = lastCode(wanted);
    await changeEmail(other.AccessToken, wanted);
    await verifyEmail(other.AccessToken, lastCode(wanted));
    await expect(verifyEmail(AccessToken, code)).rejects.toMatchObject({ name: "AliasExistsException" });
    await expect(changeEmail(AccessToken, "no address")).rejects.toMatchObject({
      name: "InvalidParameterException",
    });
  });

  test("refuses even the right code for a while after five wrong ones", async () => {
    const { AccessToken } = await signedIn();
    const next = newAddress();
    await changeEmail(AccessToken, next);
    for (let attempt = 0; attempt < 5; attempt++) {
      await expect(verifyEmail(AccessToken, wrongVersionOf(lastCode(next)))).rejects.toMatchObject({
        name: "CodeMismatchException",
      });
    }
    await expect(verifyEmail(AccessToken, lastCode(next))).rejects.toMatchObject({
      name: "LimitExceededException",
    });
    travel(16 * minute);
    await verifyEmail(AccessToken, lastCode(next));
  });

  test("a member can change their name, but no attribute that identifies them", async () => {
    const { AccessToken } = await signedIn();
    const write = (Name: string, Value: string) =>
      client.send(new UpdateUserAttributesCommand({ AccessToken, UserAttributes: [{ Name, Value }] }));
    await write("name", "Anna");
    expect(await attributesOf(AccessToken)).toMatchObject({ name: "Anna" });
    for (const attribute of ["email_verified", "sub", "identities", "custom:admin"]) {
      await expect(write(attribute, "true")).rejects.toMatchObject({ name: "NotAuthorizedException" });
    }
  });

  test("takes effect at once if an administrator does it", async () => {
    const { AccessToken, Username } = await signedIn();
    const email = newAddress();
    const { userPoolId: UserPoolId } = cognito;
    const UserAttributes = [
      { Name: "email", Value: email },
      { Name: "email_verified", Value: "true" },
    ];
    await client.send(new AdminUpdateUserAttributesCommand({ UserPoolId, Username, UserAttributes }));
    expect(await attributesOf(AccessToken)).toMatchObject({ email, email_verified: "true" });
    await toldOf("AdminUpdateUserAttributes", Username);
  });
});
