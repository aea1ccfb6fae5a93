// Names beyond these are only counted.
const mostNames = 3;

/** Lists people by name: `Ann`, `Ann and Ben`, `Ann, Ben and Cem`, `Ann, Ben, Cem and 6 more`. */
function namesInWords(names: readonly string[]): string {
  const left = names.length - mostNames;
  const parts = left > 0 ? [...names.slice(0, mostNames), `${left} more`] : names;
  return parts.length < 2 ? parts.join() : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

/** Says who will see a cancelation: `Ann will see it canceled.`, `9 people will see it canceled: Ann, Ben, Cem and 6 more.` */
export function whoSeesItCanceled(names: readonly string[]): string {
  const who = namesInWords(names);
  if (names.length <= 2) return `${who} will see it canceled.`;
  return `${names.length} people will see it canceled: ${who}.`;
}
