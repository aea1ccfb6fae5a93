/** The region everything embedded claims to be in, as the links and outputs name it. */
export const region = "us-east-1";

/** Credentials for the emulators, which ask for some and accept any. */
export const credentials = { accessKeyId: "local", secretAccessKey: "local" };
