// First, so that a missing secret is reported before anything is created.
import "./secrets.ts";
import "./migrations.ts";
import "./sign-in-firewall.ts";

import { alarmTopic } from "./alarms.ts";
import { userPool, userPoolClient } from "./auth.ts";
import { apiUrl } from "./router.ts";
import { tables } from "./tables.ts";
import { web } from "./web.ts";

/** Written to `.sst/outputs.json`: the shape of `.local/outputs.json`, without the local parts. */
export const outputs = {
  web: web.url,
  api: apiUrl,
  region: aws.getRegionOutput().region,
  userPoolId: userPool.id,
  userPoolClientId: userPoolClient.id,
  tables: {
    users: tables.Users.name,
    availabilities: tables.Availabilities.name,
    meetings: tables.Meetings.name,
  },
  alarmTopic: alarmTopic.arn,
  ...(userPool.domainUrl && {
    /** Enter it in Google's console. */
    googleRedirectUri: $interpolate`${userPool.domainUrl}/oauth2/idpresponse`,
  }),
};
