import { lambda } from "./functions.ts";
import { router } from "./router.ts";
import { secrets } from "./secrets.ts";
import { fetchSigningKeys } from "./signing-keys.ts";
import { isProduction, settings } from "./stage.ts";
import { allow, tables } from "./tables.ts";

const keep = isProduction($app.stage);

// Cognito waits five seconds for a trigger, and calls it up to three times.
const trigger = { memory: "512 MB", timeout: "5 seconds" } as const;

/** Creates the user of a confirmed sign-up. */
export const postConfirmation = lambda("PostConfirmation", {
  ...trigger,
  handler: "packages/functions/src/post-confirmation.handler",
  link: Object.values(tables),
  permissions: [allow("Users", ["PutItem"])],
});

/**
 * Permissions name the pool by a tag, not by its ARN: the pool names the function, so the ARN would be a circular
 * dependency.
 */
const poolTag = { key: `${$app.name}:stage`, value: $app.stage };

/** Links a Google sign-in to the password account with the same verified e-mail address. */
export const preSignUp =
  secrets &&
  lambda("PreSignUp", {
    ...trigger,
    handler: "packages/functions/src/pre-sign-up.handler",
    permissions: [
      {
        actions: ["cognito-idp:AdminLinkProviderForUser", "cognito-idp:ListUsers"],
        resources: [arnHere("cognito-idp", "userpool/*")],
        conditions: [
          { test: "StringEquals", variable: `aws:ResourceTag/${poolTag.key}`, values: [poolTag.value] },
        ],
      },
    ],
  });

/** The user pool: members sign in by e-mail, and Cognito generates their usernames. */
export const userPool = new sst.aws.CognitoUserPool("UserPool", {
  usernames: ["email"],
  triggers: {
    postConfirmation: postConfirmation.arn,
    ...(preSignUp && { preSignUp: preSignUp.arn }),
  },
  verify: {
    emailSubject: "Your Kumite code",
    emailMessage: "Your confirmation code is {####}.",
  },
  ...(secrets && { domain: { prefix: hostedDomainPrefix() } }),
  transform: {
    userPool(args, opts) {
      args.passwordPolicy = {
        minimumLength: 8,
        requireLowercase: true,
        requireUppercase: true,
        requireNumbers: true,
        requireSymbols: true,
        temporaryPasswordValidityDays: 7,
      };
      // Cognito changes an address only after the member has entered the code sent to the new one.
      args.userAttributeUpdateSettings = { attributesRequireVerificationBeforeUpdates: ["email"] };
      args.accountRecoverySetting = { recoveryMechanisms: [{ name: "verified_email", priority: 1 }] };
      args.tags = { [poolTag.key]: poolTag.value };
      if (settings.mailFrom) args.emailConfiguration = sesSender(settings.mailFrom);
      args.deletionProtection = keep ? "ACTIVE" : "INACTIVE";
      opts.protect = keep;
      opts.retainOnDelete = keep;
    },
  },
});

/** Members of this group are admins. An operator adds them (docs/deploying.md); their tokens name the group. */
new aws.cognito.UserGroup("Admins", {
  name: "admins",
  userPoolId: userPool.id,
  description: "May change the community",
});

const google =
  secrets &&
  userPool.addIdentityProvider("Google", {
    type: "google",
    details: {
      authorize_scopes: "openid email profile",
      client_id: secrets.GoogleClientId.value,
      client_secret: secrets.GoogleClientSecret.value,
    },
    attributes: { username: "sub", email: "email", email_verified: "email_verified", name: "name" },
  });

/** Where Cognito sends the browser after sign-in: the stage's origin and, under `sst dev`, the developer's machine. */
const origins = [router.url, ...($dev ? ["http://localhost:3000"] : [])];
const redirects = google && {
  allowedOauthFlowsUserPoolClient: true,
  allowedOauthFlows: ["code"],
  allowedOauthScopes: ["openid", "email", "profile", "aws.cognito.signin.user.admin"],
  callbackUrls: origins.map((origin) => $interpolate`${origin}/sign-in/google`),
  logoutUrls: origins.map((origin) => $interpolate`${origin}/`),
};
const noRedirects = {
  allowedOauthFlowsUserPoolClient: false,
  allowedOauthFlows: undefined,
  allowedOauthScopes: undefined,
  callbackUrls: undefined,
};

/** The web app's client: public, without a secret, signs in by SRP, and has no implicit flow. */
export const userPoolClient = userPool.addClient("UserPoolClient", {
  providers: ["COGNITO", ...(google ? [google.providerName] : [])],
  transform: {
    client: {
      explicitAuthFlows: ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
      generateSecret: false,
      preventUserExistenceErrors: "ENABLED",
      enableTokenRevocation: true,
      // What members may change themselves. Google's values need the same permission.
      writeAttributes: ["email", "name"],
      readAttributes: ["email", "email_verified", "name"],
      accessTokenValidity: 1,
      idTokenValidity: 1,
      refreshTokenValidity: 30,
      tokenValidityUnits: { accessToken: "hours", idToken: "hours", refreshToken: "days" },
      ...(redirects ?? noRedirects),
    },
  },
});

const issuer = $interpolate`https://${userPool.nodes.userPool.endpoint}`;

const jwksUri = $interpolate`${issuer}/.well-known/jwks.json`;

/**
 * What a function needs to verify tokens. It includes the keys, so cold starts do not fetch them. A token with a new
 * key triggers a fetch.
 */
export const auth = new sst.Linkable("Auth", {
  properties: {
    userPoolId: userPool.id,
    clientId: userPoolClient.id,
    issuer,
    jwksUri,
    jwks: jwksUri.apply((uri) => fetchSigningKeys(uri)),
  },
});

/** A random suffix, because hosted domains share one namespace with all AWS customers in the region. */
function hostedDomainPrefix(): $util.Output<string> {
  const suffix = new random.RandomId("HostedDomainSuffix", { byteLength: 4 });
  return $interpolate`${$app.name}-${$app.stage.toLowerCase()}-${suffix.hex}`;
}

function sesSender(fromEmailAddress: string): NonNullable<aws.cognito.UserPoolArgs["emailConfiguration"]> {
  const domain = fromEmailAddress.slice(fromEmailAddress.indexOf("@") + 1);
  return {
    emailSendingAccount: "DEVELOPER",
    fromEmailAddress,
    sourceArn: arnHere("ses", `identity/${domain}`),
  };
}

/** The ARN of something in this account and region. */
function arnHere(service: string, resource: string): $util.Output<string> {
  const { partition } = aws.getPartitionOutput();
  const { region } = aws.getRegionOutput();
  const { accountId } = aws.getCallerIdentityOutput();
  return $interpolate`arn:${partition}:${service}:${region}:${accountId}:${resource}`;
}
