import type { RefusalReason } from "@kumite/core/errors";
import type { RouterInputs, RouterOutputs } from "../../index.ts";

type Group = keyof RouterOutputs & keyof RouterInputs;

/** What the document says about a procedure, in addition to its schemas. */
export interface ProcedureWords<Input, Output> {
  /** What it does, in one sentence. */
  readonly summary: string;
  /** What its schemas cannot say. */
  readonly description?: string;
  /** Who may call it. `document.test.ts` compares `anyone` with what the procedure does. */
  readonly caller: "anyone" | "a member" | "an admin" | "its owner" | "its two people";
  /** The reasons of its refusals. */
  readonly refusals: readonly RefusalReason[];
  readonly example: { readonly input: Input; readonly output: Output };
}

/** What the document says about a group of procedures. It must describe each of them, and no others. */
export type GroupWords<Name extends Group> = {
  readonly description: string;
  readonly procedures: {
    readonly [Procedure in keyof RouterOutputs[Name] & keyof RouterInputs[Name]]: ProcedureWords<
      RouterInputs[Name][Procedure],
      RouterOutputs[Name][Procedure]
    >;
  };
};

export type AllWords = { readonly [Name in Group]: GroupWords<Name> };
