import { userPool } from "./auth.ts";
import { isProduction, settings } from "./stage.ts";

/**
 * Requests to Cognito from one address within five minutes; a sign-in is two. Cognito locks a member after five wrong
 * passwords, but does not limit an attacker who tries one password on many members.
 */
const requestsPerAddress = 300;

if (settings.signInFirewall ?? isProduction($app.stage)) {
  const metric = (metricName: string) => ({
    metricName,
    cloudwatchMetricsEnabled: true,
    sampledRequestsEnabled: false,
  });
  const firewall = new aws.wafv2.WebAcl("SignInFirewall", {
    scope: "REGIONAL",
    defaultAction: { allow: {} },
    rules: [
      {
        name: "per-address",
        priority: 0,
        action: { block: {} },
        statement: {
          rateBasedStatement: { aggregateKeyType: "IP", limit: requestsPerAddress, evaluationWindowSec: 300 },
        },
        visibilityConfig: metric("SignInsBlocked"),
      },
    ],
    visibilityConfig: metric("SignIns"),
  });
  new aws.wafv2.WebAclAssociation("SignInFirewallOfUserPool", {
    resourceArn: userPool.arn,
    webAclArn: firewall.arn,
  });
}
