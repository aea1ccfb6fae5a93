import { changeLimits, defaultLimits, type Limits } from "../packages/api/src/limits/limits.ts";

/** Whether a stage holds data that nobody may lose: it is protected and retained. */
export function isProduction(stage: string): boolean {
  return stage === "production";
}

/** Whether a stage leaves out every third party, and with them their secrets and console steps. */
export function isSimple(stage: string): boolean {
  return stage === "simple";
}

/** What an operator may set for a stage, in its `.env.<stage>` or the environment. All of it may be left out. */
export const settings = {
  /** The web app's own domain, with its zone in Route 53; CloudFront's address where left out. */
  domain: process.env["KUMITE_DOMAIN"] || undefined,
  /** Where alarms are mailed. */
  alarmEmail: process.env["KUMITE_ALARM_EMAIL"] || undefined,
  /** The address that sends codes, of a domain that SES has verified; Cognito's own, 50 mails a day, where left out. */
  mailFrom: process.env["KUMITE_MAIL_FROM"] || undefined,
  /** How often a person and an address may call in a minute. */
  limits: readLimits(process.env["KUMITE_LIMITS"] || "{}"),
  /** Whether a web ACL limits sign-ins by address. Production has one, others do not, where left out. */
  signInFirewall: readSwitch("KUMITE_SIGN_IN_FIREWALL"),
  /** Whether the stage has a trail of its own, by which it hears of users deleted at Cognito. Production has one, others do not, where left out. */
  accountTrail: readSwitch("KUMITE_ACCOUNT_TRAIL"),
};

function readSwitch(name: string): boolean | undefined {
  const value = process.env[name] || undefined;
  if (value !== undefined && value !== "on" && value !== "off")
    throw new Error(`${name} is neither on nor off.`);
  return value === undefined ? undefined : value === "on";
}

function readLimits(changes: string): Limits {
  try {
    return changeLimits(defaultLimits, changes);
  } catch (cause) {
    throw new Error(`KUMITE_LIMITS cannot be used. ${(cause as Error).message}`, { cause });
  }
}
