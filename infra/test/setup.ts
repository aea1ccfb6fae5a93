import type { TestProject } from "vitest/node";
import installPlatform from "../../scripts/sst-platform.ts";
import { type Declared, evaluate, type Scenario } from "./scenario.ts";

const secrets = { GoogleClientId: "google-id", GoogleClientSecret: "google-secret" };

const scenarios = {
  simple: { stage: "simple" },
  personal: { stage: "ada", secrets },
  dev: { stage: "ada", dev: true, secrets },
  production: {
    stage: "production",
    secrets,
    settings: {
      KUMITE_DOMAIN: "kumite.example",
      KUMITE_ALARM_EMAIL: "ops@kumite.example",
      KUMITE_MAIL_FROM: "codes@kumite.example",
      KUMITE_LIMITS: '{"book":{"person":12}}',
    },
  },
  withoutSecrets: { stage: "ada" },
  withBadLimits: { stage: "simple", settings: { KUMITE_LIMITS: '{"booking":{"person":12}}' } },
  withBadSwitch: { stage: "simple", settings: { KUMITE_SIGN_IN_FIREWALL: "yes" } },
  withFirewall: { stage: "simple", settings: { KUMITE_SIGN_IN_FIREWALL: "on" } },
  withTrail: { stage: "simple", settings: { KUMITE_ACCOUNT_TRAIL: "on" } },
  withoutOneSecret: { stage: "production", secrets: { GoogleClientId: "google-id" } },
} as const satisfies Record<string, Scenario>;

type Stages = Record<keyof typeof scenarios, Declared>;

declare module "vitest" {
  export interface ProvidedContext {
    /** What the config declares in each scenario. */
    stages: Stages;
  }
}

/** Executes the config once in each scenario, for all tests. */
export default async function setup(project: TestProject): Promise<void> {
  installPlatform();
  const evaluated = await Promise.all(
    Object.entries(scenarios).map(async ([name, scenario]) => [name, await evaluate(scenario)] as const),
  );
  project.provide("stages", Object.fromEntries(evaluated) as Stages);
}
