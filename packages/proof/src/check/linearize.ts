/**
 * Whether some order explains what was seen of one thing. Each operation took effect at one moment between its start
 * and its end; the search looks for an order of those moments in which everything that was answered is right (Wing and
 * Gong's algorithm, with the memory of states that Lowe added).
 */

interface Timed {
  /** No effect and no reading before this, in milliseconds of the run's clock. */
  readonly start: number;
  /** None after this; infinite where no answer has come. */
  readonly end: number;
  /** For whoever reads the report. */
  readonly describe: () => string;
}

/** Something that was seen and changed nothing. */
interface Reading<State> extends Timed {
  readonly holds: (state: State) => boolean;
}

/** Something that was changed. */
interface Change<State> extends Timed {
  /** What the state becomes; undefined where that change was not allowed. */
  readonly apply: (state: State) => State | undefined;
  /** It may as well not have happened. Where it has an end, some state must allow it by then. */
  readonly isOptional?: boolean;
}

export type Operation<State> = Reading<State> | Change<State>;

export interface Subject<State> {
  readonly initial: State;
  /** Equal for states that are equal. */
  readonly key: (state: State) => string;
  readonly operations: readonly Operation<State>[];
}

/** After so many states of one thing its search is given up, which counts as a violation. */
const mostStates = 200_000;

/** Why no order explains the operations, in words; undefined where one does. */
export function findContradiction<State>({ initial, key, operations }: Subject<State>): string | undefined {
  const inOrder = [...operations].sort((a, b) => a.start - b.start);
  const done = new Uint8Array(inOrder.length);
  const mandatory = inOrder.filter((operation) => !isOptional(operation)).length;
  const seen = new Set<string>();
  let best = { explained: -1, words: "" };

  /**
   * The operations that may come next: those which began before any other one that is left has ended.
   * The first of them has index `from` or a later one.
   */
  const next = (from: number): number[] => {
    const open: number[] = [];
    let earliestEnd = Number.POSITIVE_INFINITY;
    for (let index = from; index < inOrder.length; index++) {
      const operation = inOrder[index] as Operation<State>;
      if (operation.start > earliestEnd) break;
      if (done[index]) continue;
      open.push(index);
      earliestEnd = Math.min(earliestEnd, operation.end);
    }
    return open.filter((index) => (inOrder[index] as Operation<State>).start <= earliestEnd);
  };

  const explain = (state: State, from: number, explained: number): boolean => {
    const settled: number[] = [];
    let first = from;
    let candidates: number[];
    // A reading that is right here is taken here: it changes nothing, so waiting could not help any other one.
    for (;;) {
      while (done[first]) first++;
      candidates = next(first);
      const right = candidates.filter((index) => holds(inOrder[index] as Operation<State>, state));
      if (right.length === 0) break;
      for (const index of right) done[index] = 1;
      settled.push(...right);
    }
    const total = explained + settled.length;
    if (total === mandatory) return true;
    if (total > best.explained)
      best = { explained: total, words: describeStop(inOrder, candidates, key(state)) };

    const position = `${key(state)}|${first}|${doneAfter(done, first)}`;
    if (!seen.has(position) && seen.size < mostStates) {
      seen.add(position);
      const byEnd = candidates.sort((a, b) => endOf(inOrder[a]) - endOf(inOrder[b]) || a - b);
      for (const index of byEnd) {
        const change = inOrder[index] as Operation<State>;
        const changed = "apply" in change ? change.apply(state) : undefined;
        if (changed === undefined) continue;
        done[index] = 1;
        if (explain(changed, first, total + (isOptional(change) ? 0 : 1))) return true;
        done[index] = 0;
      }
    }
    for (const index of settled) done[index] = 0;
    return false;
  };

  if (explain(initial, 0, 0)) return undefined;
  return seen.size < mostStates ? best.words : `given up after ${mostStates} states; ${best.words}`;
}

function isOptional<State>(operation: Operation<State>): boolean {
  return "apply" in operation && operation.isOptional === true;
}

function holds<State>(operation: Operation<State>, state: State): boolean {
  return "holds" in operation && operation.holds(state);
}

function endOf(operation: Timed | undefined): number {
  return operation?.end ?? 0;
}

/** Which operations after the first open one are done; with it, all that are. */
function doneAfter(done: Uint8Array, first: number): string {
  const indices: number[] = [];
  for (let index = first; index < done.length; index++) if (done[index]) indices.push(index - first);
  return indices.join(",");
}

/** Where an order comes to an end: of what may come next, the one that was answered first. */
function describeStop<State>(
  operations: readonly Operation<State>[],
  candidates: readonly number[],
  state: string,
): string {
  const stopped = candidates
    .map((index) => operations[index] as Operation<State>)
    .filter((operation) => !isOptional(operation))
    .sort((a, b) => a.end - b.end)[0];
  return `no order explains "${stopped?.describe() ?? "nothing"}"; the longest one stops at: ${state}`;
}
