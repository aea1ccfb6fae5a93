import { trpc } from "./api.ts";
import { postConfirmation } from "./auth.ts";
import { lambda } from "./functions.ts";
import { allow, tables } from "./tables.ts";

/**
 * Brings the stored data into the shape of the deployed code (docs/decisions/0013-migrations.md). It has no alarm: a
 * failure fails the deployment.
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

// Under `sst dev` the code does not run yet while the stage is being deployed.
if (!$dev) {
  new aws.lambda.Invocation(
    "Migration",
    {
      functionName: migrate.name,
      input: JSON.stringify({ afterDeployment: true }),
      // The key contains a hash of the code, so a deployment that does not change the code does not run the migrations.
      // A failed invocation leaves no resource, so the next deployment runs it again.
      triggers: { code: migrate.nodes.function.s3Key.apply((key) => key ?? "") },
    },
    { dependsOn: [trpc, postConfirmation] },
  );
}
