import type { JsonFile } from "../json-file.ts";

/** What a confirmation code is for. */
export type CodePurpose = "SignUp" | "ForgotPassword" | "VerifyEmail";

/** The codes that were mailed and are not used yet, by purpose and username. */
export type Codes = Record<string, Kept>;

interface Kept {
  readonly code: string;
  readonly expiresAt: number;
  /** The new e-mail address that the code verifies. */
  readonly address?: string;
}

const hour = 60 * 60 * 1000;
const lifetimeMs: Record<CodePurpose, number> = {
  SignUp: 24 * hour,
  ForgotPassword: hour,
  VerifyEmail: 24 * hour,
};

/** Keeps the confirmation codes. Only the last code mailed for a purpose is valid. */
export class CodeBook {
  readonly #file: JsonFile<{ codes: Codes }>;

  constructor(file: JsonFile<{ codes: Codes }>) {
    this.#file = file;
  }

  async remember(username: string, purpose: CodePurpose, code: string, address?: string): Promise<void> {
    const expiresAt = Date.now() + lifetimeMs[purpose];
    this.#file.value.codes[`${purpose}#${username}`] = { code, expiresAt, ...(address && { address }) };
    await this.#file.save();
  }

  check(username: string, purpose: CodePurpose, code: string): "right" | "wrong" | "expired" {
    const expected = this.#file.value.codes[`${purpose}#${username}`];
    if (expected === undefined || expected.expiresAt < Date.now()) return "expired";
    return expected.code === code ? "right" : "wrong";
  }

  /** The new e-mail address that is not verified yet. */
  awaitedAddress(username: string): string | undefined {
    return this.#file.value.codes[`VerifyEmail#${username}`]?.address;
  }

  /** Forgets a code after use: it is valid once. */
  async forget(username: string, purpose: CodePurpose): Promise<void> {
    delete this.#file.value.codes[`${purpose}#${username}`];
    await this.#file.save();
  }
}
