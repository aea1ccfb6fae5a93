/** A person with a verified sign-in. An `admin` may also change the community. */
export interface MemberActor {
  readonly kind: "member" | "admin";
  /** Verified, never taken from the input. */
  readonly username: string;
}

/** The system's own work, not requested by a person: follow-ups of commits, scheduled work, migrations. */
export interface SystemActor {
  readonly kind: "system";
  /** The name of the function that does it, e.g. `follow-up`. */
  readonly name: string;
}

/** A third party, authenticated by its signature. */
interface WebhookActor {
  readonly kind: "webhook";
  /** The sender, e.g. `cognito`. */
  readonly source: string;
}

/** Who acts. */
export type Actor = MemberActor | SystemActor | WebhookActor;

export function memberActor(username: string): MemberActor {
  return { kind: "member", username };
}

export function adminActor(username: string): MemberActor {
  return { kind: "admin", username };
}

export function systemActor(name: string): SystemActor {
  return { kind: "system", name };
}
