import { bundle } from "./bundle.ts";

interface LambdaArgs extends Pick<sst.aws.FunctionArgs, "environment" | "link"> {
  /** `<path of the entry point, without its extension>.handler` */
  handler: string;
  permissions: sst.aws.FunctionPermissionArgs[];
  memory: `${number} MB`;
  timeout: `${number} seconds`;
}

// Every function, those that SST makes for the web app as well: its log is JSON and kept a month, it may write that log
// and no other, and Lambda alone may take its role. SST would grant every log, and let the whole account in; that is
// needed under `sst dev`, where the role is taken by the developer's machine.
$transform(sst.aws.Function, (args, _opts, name) => {
  const logGroup = new aws.cloudwatch.LogGroup(`${name}Log`, {
    name: `/aws/lambda/${$app.name}-${$app.stage}-${name}`,
    retentionInDays: 30,
  });
  args.logging = { format: "json", logGroup: logGroup.name };
  args.permissions = $output(args.permissions).apply((permissions) => [
    ...(permissions ?? []),
    { actions: ["logs:CreateLogStream", "logs:PutLogEvents"], resources: [$interpolate`${logGroup.arn}:*`] },
  ]);
  args.transform = {
    ...args.transform,
    role: {
      managedPolicyArns: [],
      ...(!$dev && {
        assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }),
      }),
    },
  };
});

/** One of our own functions: bundled alone, on Node 24 and arm64. It may do what `permissions` say. */
export function lambda(name: string, args: LambdaArgs): sst.aws.Function {
  return new sst.aws.Function(name, {
    ...args,
    runtime: "nodejs24.x",
    architecture: "arm64",
    nodejs: bundle,
  });
}
