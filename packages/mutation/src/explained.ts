/** Mutants that no test can tell from the original, each with the reason. */
export interface Explained {
  readonly file: string;
  /** The line that is changed, or a part of it. */
  readonly line: string;
  /** What stands there instead; any change of that line where left out. */
  readonly to?: string;
  readonly why: string;
}

const cursor = "packages/core/src/cursor.ts";
const auth = "packages/api/src/auth.ts";

export const explained: readonly Explained[] = [
  {
    file: auth,
    line: 'parseCookie(headers.get("cookie") ?? "")',
    to: '"Stryker was here!"',
    why: "Where there are no cookies, any text without ours will do.",
  },
  {
    file: cursor,
    line: 'const [payload = "", mac = ""]',
    to: '"Stryker was here!"',
    why: "A text without a dot is refused whatever stands in for its signature; the first part is always there.",
  },
  {
    file: cursor,
    line: "if (given.length !== expected.length",
    to: "false",
    why: "The comparison of the whole text refuses the same cursors. This one takes the same time for each.",
  },
];
