/** What a client needs to know: the content of `.local/outputs.json`. */
export interface Outputs {
  readonly web: string;
  readonly api: string;
  readonly region: string;
  readonly userPoolId: string;
  readonly userPoolClientId: string;
  readonly cognitoEndpoint: string;
  readonly dynamoEndpoint: string;
  /** Host and port of Cognito's hosted domain, where sign-in by Google is offered. */
  readonly hostedDomain?: string;
  readonly mailbox: string;
  readonly tables: { readonly users: string; readonly availabilities: string; readonly meetings: string };
  /** Members to sign in as; none where no demo data was loaded. */
  readonly demo: { readonly password: string; readonly emails: readonly string[] };
  /** A demo member who is an admin, with the password of the others; none where no demo data was loaded. */
  readonly admin?: { readonly email: string };
}
