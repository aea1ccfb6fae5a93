/** The region of everything embedded, as the links and outputs name it. */
export const region = "us-east-1";

/** Credentials for the emulators, which require some and accept any. */
export const credentials = { accessKeyId: "local", secretAccessKey: "local" };
