// First, so that a missing secret is said before anything is made.
import "./secrets.ts";
import "./migrations.ts";
import "./sign-in-firewall.ts";

import { alarmTopic } from "./alarms.ts";
import { userPool, userPoolClient } from "./auth.ts";
import { apiUrl } from "./router.ts";
import { tables } from "./tables.ts";
import { web } from "./web.ts";

/** What `.sst/outputs.json` says of a stage: the shape of `.local/outputs.json`, without what is local. */
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
    /** To enter into Google's console. */
    googleRedirectUri: $interpolate`${userPool.domainUrl}/oauth2/idpresponse`,
  }),
};
