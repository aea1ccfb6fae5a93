/** What the browser needs to sign people in. The server reads it at request time and passes it to the page. */
export type AuthConfig = {
  userPoolId: string;
  clientId: string;
  /** Cognito's address, if it is not AWS's. */
  endpoint: string | undefined;
  /** Host name of Cognito's hosted domain, for signing in with Google; undefined if that is not offered. */
  hostedDomain: string | undefined;
  /** The sign-in protocol. SRP never sends the password; a stand-in pool may support only the other one. */
  authFlow: "USER_SRP_AUTH" | "USER_PASSWORD_AUTH";
};
