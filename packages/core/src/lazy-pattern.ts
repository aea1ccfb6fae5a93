/**
 * A regular expression that is compiled when it is first asked for. V8 compiles a literal as soon as it reads the file, and
 * large Unicode classes take milliseconds of a cold start: `\p{RGI_Emoji}` alone some ten.
 * @param source as `String.raw` writes it
 * @throws SyntaxError at the first use, where the source is no pattern
 */
export function lazyPattern(source: string, flags: string): () => RegExp {
  let pattern: RegExp | undefined;
  return () => {
    pattern ??= new RegExp(source, flags);
    return pattern;
  };
}
