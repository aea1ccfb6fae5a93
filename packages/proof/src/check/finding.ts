/** What one check has found. */
export interface Finding {
  /** What it looked at, in numbers. */
  readonly looked: string;
  /** In words; none where all is right. */
  readonly violations: readonly string[];
}
