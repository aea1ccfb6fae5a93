/** AWS's answers under Pulumi's mocks: only names, addresses and policies. */

const region = "us-east-1";
const account = "123456789012";

interface Created {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
}

const attributes: Record<string, (name: string) => Record<string, unknown>> = {
  "aws:acm/certificate:Certificate": (name) => ({
    domainValidationOptions: [
      { domainName: name, resourceRecordName: "_v", resourceRecordType: "CNAME", resourceRecordValue: "v" },
    ],
  }),
  "aws:apigatewayv2/api:Api": (name) => ({
    apiEndpoint: `https://${name.toLowerCase()}.execute-api.${region}.amazonaws.com`,
    executionArn: arn("execute-api", name),
  }),
  "aws:cloudfront/distribution:Distribution": () => ({ domainName: "stage.cloudfront.net", etag: "1" }),
  "aws:cognito/userPool:UserPool": (name) => ({ endpoint: `cognito-idp.${region}.amazonaws.com/${name}` }),
  "aws:dynamodb/table:Table": (name) => ({
    arn: arn("dynamodb", `table/${name}`),
    name,
    streamArn: arn("dynamodb", `table/${name}/stream/2026-11-24T00:00:00.000`),
  }),
  "aws:iam/role:Role": (name) => ({ name }),
  "aws:lambda/function:Function": (name) => ({
    name,
    arn: arn("lambda", `function:${name}`),
    codeSha256: "sha",
  }),
  "aws:lambda/functionUrl:FunctionUrl": (name) => ({
    functionUrl: `https://${name.toLowerCase()}.lambda-url.${region}.on.aws/`,
  }),
  "aws:s3/bucket:Bucket": (name) => ({ bucketRegionalDomainName: `${name}.s3.${region}.amazonaws.com` }),
  "random:index/randomBytes:RandomBytes": (name) => ({ base64: `${name}.base64`, hex: `${name}.hex` }),
  "random:index/randomId:RandomId": () => ({ hex: "0a1b2c3d" }),
};

function arn(service: string, resource: string): string {
  return `arn:aws:${service}:${region}:${account}:${resource}`;
}

/** A resource's id and state, as if AWS had created it. */
export function createdState({ type, name, inputs }: Created): {
  id: string;
  state: Record<string, unknown>;
} {
  const service = type.split(":")[1]?.split("/")[0] ?? "";
  return {
    id: `${name}-id`,
    state: { arn: arn(service, name), ...inputs, ...attributes[type]?.(String(inputs["name"] ?? name)) },
  };
}

interface Statement {
  effect?: string;
  actions?: string[];
  resources?: string[];
  principals?: { type: string; identifiers: string[] }[];
  conditions?: { test: string; variable: string; values: string[] }[];
}

/** Answers a look-up. */
export function callProvider({ token, inputs }: { token: string; inputs: Record<string, unknown> }) {
  switch (token) {
    case "aws:index/getRegion:getRegion":
      return { id: region, region };
    case "aws:index/getCallerIdentity:getCallerIdentity":
      return { accountId: account };
    case "aws:index/getPartition:getPartition":
      return { partition: "aws" };
    case "aws:iam/getPolicyDocument:getPolicyDocument": {
      const statements = (inputs["statements"] ?? []) as Statement[];
      const Statement = statements.map(
        ({ effect = "Allow", actions, resources, principals, conditions }) => ({
          Effect: effect,
          Action: actions,
          ...(resources && { Resource: resources }),
          ...(conditions && {
            Condition: Object.fromEntries(
              conditions.map(({ test, variable, values }) => [test, { [variable]: values }]),
            ),
          }),
          ...(principals && {
            Principal: Object.fromEntries(principals.map(({ type, identifiers }) => [type, identifiers])),
          }),
        }),
      );
      return { ...inputs, json: JSON.stringify({ Version: "2012-10-17", Statement }) };
    }
    default:
      throw new Error(`No answer for ${token}`);
  }
}
