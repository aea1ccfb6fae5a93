import type { Services } from "cognito-local/lib/services/index.js";
import type { User } from "cognito-local/lib/services/userPoolService.js";
import type { CodeBook } from "../codes.ts";
import type { Directory } from "../directory.ts";
import type { TokenIssuer } from "../tokens.ts";
import type { CognitoRequest, Perform } from "./request.ts";

/** What the operations work with. */
export interface Parts {
  readonly directory: Directory;
  readonly services: Services;
  readonly codes: CodeBook;
  readonly tokens: TokenIssuer;
  /** cognito-local's own operations. */
  readonly base: Perform;
  readonly mailVerification: (address: string, code: string) => Promise<void>;
  /** Called with each event that CloudTrail would record for a user. */
  readonly onUserEvent: (eventName: string, user: User) => void;
}

/** Operations of Cognito's API by their names. */
export type Operations = Readonly<Record<string, (request: CognitoRequest) => Promise<object>>>;
