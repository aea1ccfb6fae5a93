/**
 * The names of Amplify's session cookies. The web app's server uses them to find a session, the API to read the access
 * token (docs/decisions/0006-session-in-cookies.md).
 * @param clientId the id of the user pool's client
 */
export function sessionCookies(clientId: string) {
  const prefix = `CognitoIdentityServiceProvider.${clientId}`;
  return {
    /** The cookie whose value is the username. */
    lastUser: `${prefix}.LastAuthUser`,
    accessToken: (username: string) => `${prefix}.${username}.accessToken`,
  };
}
