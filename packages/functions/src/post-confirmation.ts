import type { PostConfirmationTriggerEvent } from "aws-lambda";
import { log } from "./log.ts";

/**
 * Creates the user of a confirmed sign-up. Cognito also sends this trigger after a forgotten password, and retries an
 * event if the answer is late. Both change nothing.
 */
export async function handler(event: PostConfirmationTriggerEvent): Promise<PostConfirmationTriggerEvent> {
  if (event.triggerSource !== "PostConfirmation_ConfirmSignUp") return event;
  const { database, createUser } = await users();
  const { email = "", name } = event.request.userAttributes;
  const created = await createUser({ now: new Date(), database }, { username: event.userName, email, name });
  log("info", "post-confirmation", { created });
  return event;
}

let loaded: ReturnType<typeof loadUsers> | undefined;

/** Loads the code on demand, because most of the bundle is the AWS SDK. */
function users(): ReturnType<typeof loadUsers> {
  loaded ??= loadUsers();
  return loaded;
}

async function loadUsers() {
  const { createUser, createDatabase } = await import("./create-user.ts");
  return { createUser, database: createDatabase() };
}
