/**
 * Returns a function that compiles a regular expression on its first call. V8 compiles a literal when it reads the
 * file, and large Unicode classes add milliseconds to a cold start: `\p{RGI_Emoji}` alone about ten.
 * @param source the pattern, as written with `String.raw`
 * @throws SyntaxError on the first call, if the source is not a valid pattern
 */
export function lazyPattern(source: string, flags: string): () => RegExp {
  let pattern: RegExp | undefined;
  return () => {
    pattern ??= new RegExp(source, flags);
    return pattern;
  };
}
