import { trpc } from "./api.ts";
import { postConfirmation } from "./auth.ts";
import { lambda } from "./functions.ts";
import { allow, tables } from "./tables.ts";

/**
 * Brings the stored data into the shape of the deployed code (docs/decisions/0013-migrations.md). It has no alarm: whoever
 * deploys sees it fail.
 */
const migrate = lambda("Migrate", {
  handler: "packages/functions/src/migrate.handler",
  link: Object.values(tables),
  memory: "1024 MB",
  timeout: "900 seconds",
  permissions: [
    allow("Users", ["GetItem", "Scan", "UpdateItem"]),
    allow("Availabilities", ["ConditionCheckItem", "GetItem", "Scan", "UpdateItem"]),
    allow("Openings", ["BatchGetItem", "PutItem"]),
    allow("Meetings", ["GetItem", "Scan", "UpdateItem"]),
    allow("Calendar", ["DeleteItem", "GetItem", "PutItem", "Scan", "UpdateItem"]),
    allow("Migrations", ["BatchGetItem", "UpdateItem"]),
  ],
});

// Under `sst dev` nobody runs the code yet while the stage is deployed.
if (!$dev) {
  new aws.lambda.Invocation(
    "Migration",
    {
      functionName: migrate.name,
      input: JSON.stringify({ afterDeployment: true }),
      // Named by a hash of the code, so that a deployment which changes nothing here does not run it. One that failed is no
      // resource, and runs again with the next deployment.
      triggers: { code: migrate.nodes.function.s3Key.apply((key) => key ?? "") },
    },
    { dependsOn: [trpc, postConfirmation] },
  );
}
