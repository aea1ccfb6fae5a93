/** What the browser must know to sign people in. Read on the server at request time and handed to the page. */
export type AuthConfig = {
  userPoolId: string;
  clientId: string;
  /** Where Cognito answers, when that is not AWS. */
  endpoint: string | undefined;
  /** Host name of Cognito's hosted domain, by way of which people come from Google; undefined where they do not. */
  hostedDomain: string | undefined;
  /** The sign-in protocol: SRP never sends the password; a stand-in pool may know only the other. */
  authFlow: "USER_SRP_AUTH" | "USER_PASSWORD_AUTH";
};
