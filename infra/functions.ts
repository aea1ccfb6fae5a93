import { bundle } from "./bundle.ts";

interface LambdaArgs extends Pick<sst.aws.FunctionArgs, "environment" | "link"> {
  /** `<path of the entry point, without its extension>.handler` */
  handler: string;
  permissions: sst.aws.FunctionPermissionArgs[];
  memory: `${number} MB`;
  timeout: `${number} seconds`;
}

// Applies to every function, including those that SST makes for the web app. The log is JSON and kept for a month, the
// function may write only its own log, and only Lambda may assume the role. SST's default grants all logs and lets the
// whole account assume the role. `sst dev` needs the latter: there the developer's machine assumes it.
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

/** Declares one of our own functions: bundled separately, on Node 24 and arm64, with `permissions` only. */
export function lambda(name: string, args: LambdaArgs): sst.aws.Function {
  return new sst.aws.Function(name, {
    ...args,
    runtime: "nodejs24.x",
    architecture: "arm64",
    nodejs: bundle,
  });
}
