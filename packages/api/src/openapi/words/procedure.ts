import type { RefusalReason } from "@kumite/core/errors";
import type { RouterInputs, RouterOutputs } from "../../index.ts";

type Group = keyof RouterOutputs & keyof RouterInputs;

/** What the document says of a procedure beside its schemas. */
export interface ProcedureWords<Input, Output> {
  /** What it does, in one sentence. */
  readonly summary: string;
  /** What its schemas cannot say. */
  readonly description?: string;
  /** Who may call it. The procedure itself holds `anyone` and the others apart; `document.test.ts` compares them. */
  readonly caller: "anyone" | "a member" | "an admin" | "its owner" | "its two people";
  /** The reasons for which an expected call is refused. */
  readonly refusals: readonly RefusalReason[];
  readonly example: { readonly input: Input; readonly output: Output };
}

/** What the document says of a group of procedures: each has words, and no other. */
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
