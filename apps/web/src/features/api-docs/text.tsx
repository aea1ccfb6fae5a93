import { Fragment } from "react";

/** Text of the document, with the parts between backticks as code. */
export function Text({ children }: { children: string }) {
  return children.split("`").map((part, at) => {
    // The text never changes, so an index is a stable key.
    const key = `${at} ${part}`;
    return at % 2 === 1 ? <Code key={key}>{part}</Code> : <Fragment key={key}>{part}</Fragment>;
  });
}

export function Code({ children }: { children: string }) {
  return <code className="font-mono text-[0.9em]">{children}</code>;
}
