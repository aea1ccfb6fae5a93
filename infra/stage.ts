import { changeLimits, defaultLimits, type Limits } from "../packages/api/src/limits/limits.ts";

/** Whether a stage holds data that must not be lost: it is protected and retained. */
export function isProduction(stage: string): boolean {
  return stage === "production";
}

/** Whether a stage has no third parties, and so needs no secrets and no steps in their consoles. */
export function isSimple(stage: string): boolean {
  return stage === "simple";
}

/** An operator's settings for a stage, from its `.env.<stage>` or the environment. All are optional. */
export const settings = {
  /** The web app's domain, whose zone is in Route 53. Default: CloudFront's address. */
  domain: process.env["KUMITE_DOMAIN"] || undefined,
  /** Receives alarms by e-mail. */
  alarmEmail: process.env["KUMITE_ALARM_EMAIL"] || undefined,
  /** The sender of codes, on a domain that SES has verified. Default: Cognito's own sender, 50 mails a day. */
  mailFrom: process.env["KUMITE_MAIL_FROM"] || undefined,
  /** How many calls a person and an address may make in a minute. */
  limits: readLimits(process.env["KUMITE_LIMITS"] || "{}"),
  /** Whether a web ACL limits sign-ins by address. Default: only in production. */
  signInFirewall: readSwitch("KUMITE_SIGN_IN_FIREWALL"),
  /**
   * Whether the stage has its own CloudTrail trail, which reports users deleted in Cognito. Default: only in
   * production.
   */
  accountTrail: readSwitch("KUMITE_ACCOUNT_TRAIL"),
};

function readSwitch(name: string): boolean | undefined {
  const value = process.env[name] || undefined;
  if (value !== undefined && value !== "on" && value !== "off") throw new Error(`${name} must be on or off.`);
  return value === undefined ? undefined : value === "on";
}

function readLimits(changes: string): Limits {
  try {
    return changeLimits(defaultLimits, changes);
  } catch (cause) {
    throw new Error(`KUMITE_LIMITS is not valid. ${(cause as Error).message}`, { cause });
  }
}
