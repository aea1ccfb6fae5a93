import { exportJWK, generateKeyPair, SignJWT } from "jose";

/** A user pool for a benchmark: its settings for functions, and tokens that it signs. */
export interface Pool {
  readonly auth: { readonly userPoolId: string; readonly clientId: string; readonly issuer: string };
  /** Its keys, as JSON. */
  readonly jwks: string;
  /** Returns an access token of a member, valid for the day. */
  token(username: string): Promise<string>;
}

export async function createPool(): Promise<Pool> {
  const { publicKey, privateKey } = await generateKeyPair("RS256", { extractable: true });
  const key = { ...(await exportJWK(publicKey)), kid: "bench", alg: "RS256", use: "sig" };
  const auth = { userPoolId: "bench", clientId: "bench", issuer: "https://issuer.example/pool" };
  return {
    auth,
    jwks: JSON.stringify({ keys: [key] }),
    token: (username) =>
      new SignJWT({ token_use: "access", client_id: auth.clientId, username })
        .setProtectedHeader({ alg: key.alg, kid: key.kid })
        .setIssuer(auth.issuer)
        .setExpirationTime("12h")
        .sign(privateKey),
  };
}
