/** The result of one check. */
export interface Finding {
  /** What was checked, in numbers. */
  readonly looked: string;
  /** Each in words; empty if the check holds. */
  readonly violations: readonly string[];
}
