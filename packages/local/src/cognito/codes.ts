import type { JsonFile } from "../json-file.ts";

/** What a confirmation code is for. */
export type CodePurpose = "SignUp" | "ForgotPassword";

/** The codes that were mailed and not yet used, by purpose and username. */
export type Codes = Record<string, { readonly code: string; readonly expiresAt: number }>;

const hour = 60 * 60 * 1000;
const lifetimeMs: Record<CodePurpose, number> = { SignUp: 24 * hour, ForgotPassword: hour };

/** Keeps the confirmation codes; the last one mailed for a purpose is the one that counts. */
export class CodeBook {
  readonly #file: JsonFile<{ codes: Codes }>;

  constructor(file: JsonFile<{ codes: Codes }>) {
    this.#file = file;
  }

  async remember(username: string, purpose: CodePurpose, code: string): Promise<void> {
    this.#file.value.codes[`${purpose}#${username}`] = { code, expiresAt: Date.now() + lifetimeMs[purpose] };
    await this.#file.save();
  }

  check(username: string, purpose: CodePurpose, code: string): "right" | "wrong" | "expired" {
    const expected = this.#file.value.codes[`${purpose}#${username}`];
    if (expected === undefined || expected.expiresAt < Date.now()) return "expired";
    return expected.code === code ? "right" : "wrong";
  }

  /** A code counts once. */
  async forget(username: string, purpose: CodePurpose): Promise<void> {
    delete this.#file.value.codes[`${purpose}#${username}`];
    await this.#file.save();
  }
}
