import { createDatabase } from "@kumite/core/database";
import { createUser } from "@kumite/core/users";
import type { PostConfirmationTriggerEvent } from "aws-lambda";
import { log } from "./log.ts";

const database = createDatabase();

/**
 * Creates the user of a confirmed sign-up. Cognito sends the same trigger after a forgotten password, and may send
 * an event again when an answer is late: both change nothing.
 */
export async function handler(event: PostConfirmationTriggerEvent): Promise<PostConfirmationTriggerEvent> {
  if (event.triggerSource !== "PostConfirmation_ConfirmSignUp") return event;
  const { email = "", name } = event.request.userAttributes;
  const created = await createUser({ now: new Date(), database }, { username: event.userName, email, name });
  log("info", "post-confirmation", { created });
  return event;
}
