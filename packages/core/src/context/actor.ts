/** A person with a verified sign-in; `admin` is one who may change the community. */
export interface MemberActor {
  readonly kind: "member" | "admin";
  /** Never a value from the input. */
  readonly username: string;
}

/** Work of our own that nobody asked for: what follows a commit, what is due, migrations. */
export interface SystemActor {
  readonly kind: "system";
  /** Which work: the name of its function, e.g. `follow-up`. */
  readonly name: string;
}

/** A third party that has proved itself by its signature. */
interface WebhookActor {
  readonly kind: "webhook";
  /** Who sent it, e.g. `cognito`. */
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
