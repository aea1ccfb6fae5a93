import { isSimple } from "./stage.ts";

/** The secrets of every stage except `simple`; docs/deploying.md says where to get each. */
const names = ["GoogleClientId", "GoogleClientSecret"] as const;

type Secrets = Record<(typeof names)[number], sst.Secret>;

/**
 * The stage's secrets; undefined on `simple`, which has none.
 * @throws Error naming each missing secret and the command that sets it, before anything is created
 */
function declareSecrets(): Secrets | undefined {
  if (isSimple($app.stage)) return undefined;
  const missing = names.filter((name) => process.env[`SST_SECRET_${name}`] === undefined);
  if (missing.length > 0) {
    const commands = missing.map((name) => `  npx sst secret set ${name} <value> --stage ${$app.stage}`);
    throw new Error(
      `The stage "${$app.stage}" has no value for ${missing.join(", ")}. Set with:\n${commands.join("\n")}\nOr deploy the stage "simple", which needs none.`,
    );
  }
  return Object.fromEntries(names.map((name) => [name, new sst.Secret(name)])) as Secrets;
}

export const secrets = declareSecrets();
