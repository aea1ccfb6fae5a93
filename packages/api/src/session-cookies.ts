/**
 * The names of the cookies in which Amplify keeps a session: the web app's server looks for a session by them, and the API reads
 * the access token (docs/decisions/0006-session-in-cookies.md).
 * @param clientId of the user pool's client
 */
export function sessionCookies(clientId: string) {
  const prefix = `CognitoIdentityServiceProvider.${clientId}`;
  return {
    /** Whose value is the username. */
    lastUser: `${prefix}.LastAuthUser`,
    accessToken: (username: string) => `${prefix}.${username}.accessToken`,
  };
}
