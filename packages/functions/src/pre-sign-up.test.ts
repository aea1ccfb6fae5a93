import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { PreSignUpTriggerEvent } from "aws-lambda";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import googleEvent from "./events/pre-sign-up-google.json" with { type: "json" };
import passwordEvent from "./events/pre-sign-up-password.json" with { type: "json" };

type Call = { target: string | undefined; isSigned: boolean; input: Record<string, unknown> };
type User = ReturnType<typeof user>;

/** The part of Cognito's HTTP API that the function uses. */
let server: Server;
let calls: Call[];
let pages: User[][];
let linkError: { __type: string; message: string } | undefined;
let handler: (event: PreSignUpTriggerEvent) => Promise<PreSignUpTriggerEvent>;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const call: Call = {
      target: request.headers["x-amz-target"]?.toString(),
      isSigned: /^AWS4-HMAC-SHA256 Credential=test\//.test(request.headers.authorization ?? ""),
      input: JSON.parse(body),
    };
    calls.push(call);
    const isLink = call.target?.endsWith("AdminLinkProviderForUser");
    if (isLink && linkError) {
      response.writeHead(400).end(JSON.stringify(linkError));
      return;
    }
    const page = Number(call.input["PaginationToken"] ?? 0);
    const next = page + 1 < pages.length ? { PaginationToken: String(page + 1) } : {};
    response.end(JSON.stringify(isLink ? {} : { Users: pages[page] ?? [], ...next }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  vi.stubEnv("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", `http://127.0.0.1:${port}`);
  vi.stubEnv("AWS_REGION", "us-east-1");
  vi.stubEnv("AWS_ACCESS_KEY_ID", "test");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
  ({ handler } = await import("./pre-sign-up.ts"));
});
afterAll(() => {
  vi.unstubAllEnvs();
  server.close();
});
beforeEach(() => {
  calls = [];
  pages = [[]];
  linkError = undefined;
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
});

function user(Username: string, UserStatus: string, email: string, verified: boolean, Enabled = true) {
  const Attributes = [
    { Name: "email", Value: email },
    { Name: "email_verified", Value: String(verified) },
  ];
  return { Username, UserStatus, Enabled, Attributes };
}

function fromGoogle(attributes: Record<string, string> = {}, userName = googleEvent.userName) {
  const userAttributes = { ...googleEvent.request.userAttributes, ...attributes };
  return {
    ...googleEvent,
    userName,
    request: { ...googleEvent.request, userAttributes },
  } as PreSignUpTriggerEvent;
}

const withPassword = passwordEvent as unknown as PreSignUpTriggerEvent;
const operations = () => calls.map(({ target }) => target?.split(".")[1]);
const ann = user("74f8d4e8", "CONFIRMED", "ann@example.com", true);

test("a Google sign-in is linked to the password account with the same verified address", async () => {
  pages = [[ann]];
  const event = fromGoogle();
  expect(await handler(event)).toBe(event);
  expect(calls).toEqual([
    {
      target: "AWSCognitoIdentityProviderService.ListUsers",
      isSigned: true,
      input: { UserPoolId: event.userPoolId, Filter: 'email = "ann@example.com"' },
    },
    {
      target: "AWSCognitoIdentityProviderService.AdminLinkProviderForUser",
      isSigned: true,
      input: {
        UserPoolId: event.userPoolId,
        DestinationUser: { ProviderName: "Cognito", ProviderAttributeValue: "74f8d4e8" },
        SourceUser: {
          ProviderName: "Google",
          ProviderAttributeName: "Cognito_Subject",
          ProviderAttributeValue: "109876543210987654321",
        },
      },
    },
  ]);
});

test("the provider has the pool's spelling, even if usernames are in lower case", async () => {
  pages = [[ann]];
  await handler(fromGoogle({}, "google_1"));
  expect(calls.at(-1)?.input["SourceUser"]).toMatchObject({
    ProviderName: "Google",
    ProviderAttributeValue: "1",
  });
});

test("an address that Google has not verified is not looked up", async () => {
  pages = [[ann]];
  await handler(fromGoogle({ email_verified: "false" }));
  await handler(fromGoogle({ email_verified: "" }));
  await handler(fromGoogle({ email: "" }));
  expect(calls).toEqual([]);
});

test.each([
  ["unconfirmed", user("b", "UNCONFIRMED", "ann@example.com", false)],
  [
    "confirmed by an operator, but with an unverified address",
    user("b", "CONFIRMED", "ann@example.com", false),
  ],
  ["another Google account", user("google_2", "EXTERNAL_PROVIDER", "ann@example.com", true)],
  ["for a similar address", user("b", "CONFIRMED", "joann@example.com", true)],
])("an account that is %s is not linked", async (_, other) => {
  pages = [[other]];
  await handler(fromGoogle());
  expect(operations()).toEqual(["ListUsers"]);
});

test("a disabled account is linked too, so that a Google sign-in does not bypass the ban", async () => {
  pages = [[user("banned", "CONFIRMED", "ann@example.com", true, false)]];
  await handler(fromGoogle());
  expect(calls.at(-1)?.input["DestinationUser"]).toMatchObject({ ProviderAttributeValue: "banned" });
});

test("an account on a later page is found", async () => {
  pages = [[], [user("b", "UNCONFIRMED", "ann@example.com", false)], [ann]];
  await handler(fromGoogle());
  expect(operations()).toEqual(["ListUsers", "ListUsers", "ListUsers", "AdminLinkProviderForUser"]);
});

test("an address cannot change the filter that contains it", async () => {
  await handler(fromGoogle({ email: '"\\" or sub = "x"@example.com' }));
  expect(calls[0]?.input["Filter"]).toBe('email = "\\"\\\\\\" or sub = \\"x\\"@example.com"');
});

test("a repeated event changes nothing", async () => {
  pages = [[ann]];
  linkError = {
    __type: "InvalidParameterException",
    message: "SourceUser is already linked to DestinationUser",
  };
  const event = fromGoogle();
  expect(await handler(event)).toBe(event);
});

test("a failed link fails the sign-up, because two users would be worse", async () => {
  pages = [[ann]];
  linkError = { __type: "AliasExistsException", message: "Linked to another user" };
  await expect(handler(fromGoogle())).rejects.toThrow("Linked to another user");
});

test("an unknown provider is refused before anything is linked", async () => {
  pages = [[ann]];
  await expect(handler(fromGoogle({}, "saml_1"))).rejects.toThrow("saml_1");
  expect(operations()).toEqual(["ListUsers"]);
});

test("a member with a Google account gets no second account with a password", async () => {
  pages = [[user("google_1", "EXTERNAL_PROVIDER", "ann@example.com", true)]];
  await expect(handler(withPassword)).rejects.toThrow("SIGNS_IN_WITH_GOOGLE");
});

test("an unverified Google account does not block a sign-up with its address", async () => {
  pages = [[user("google_1", "EXTERNAL_PROVIDER", "ann@example.com", false)]];
  expect(await handler(withPassword)).toBe(withPassword);
});

test("an operator may create any user", async () => {
  const event = { ...passwordEvent, triggerSource: "PreSignUp_AdminCreateUser" } as unknown;
  await handler(event as PreSignUpTriggerEvent);
  expect(calls).toEqual([]);
});
