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

  /** Checks a code, and uses it up when it is right. */
  async take(username: string, purpose: CodePurpose, code: string): Promise<"right" | "wrong" | "expired"> {
    const { codes } = this.#file.value;
    const key = `${purpose}#${username}`;
    const expected = codes[key];
    if (expected === undefined || expected.expiresAt < Date.now()) return "expired";
    if (expected.code !== code) return "wrong";
    delete codes[key];
    await this.#file.save();
    return "right";
  }
}
