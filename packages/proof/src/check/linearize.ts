/**
 * Checks whether some order of operations on one object explains all answers. Each operation takes effect at one moment
 * between its start and its end. The search looks for an order of those moments in which every answer is right (Wing
 * and Gong's algorithm, with Lowe's cache of visited states).
 */

interface Timed {
  /** The operation takes effect no earlier, in milliseconds of the run's clock. */
  readonly start: number;
  /** It takes effect no later; infinite without an answer. */
  readonly end: number;
  /** A description for reports. */
  readonly describe: () => string;
}

/** A read, which changes nothing. */
interface Reading<State> extends Timed {
  readonly holds: (state: State) => boolean;
}

/** An operation that changes the state. */
interface Change<State> extends Timed {
  /** Returns the next state; undefined if the change is not allowed. */
  readonly apply: (state: State) => State | undefined;
  /** The change may not have happened. But if it has an end, some state must allow it by then. */
  readonly isOptional?: boolean;
}

export type Operation<State> = Reading<State> | Change<State>;

export interface Subject<State> {
  readonly initial: State;
  /** Returns the same text for equal states. */
  readonly key: (state: State) => string;
  readonly operations: readonly Operation<State>[];
}

/** After this many states the search gives up, which counts as a violation. */
const mostStates = 200_000;

/** Returns why no order explains the operations, in words; undefined if one does. */
export function findContradiction<State>({ initial, key, operations }: Subject<State>): string | undefined {
  const inOrder = [...operations].sort((a, b) => a.start - b.start);
  const done = new Uint8Array(inOrder.length);
  const mandatory = inOrder.filter((operation) => !isOptional(operation)).length;
  const seen = new Set<string>();
  let best = { explained: -1, words: "" };

  /**
   * Returns the operations that may come next: those that began before any other remaining one ended. Operations before
   * index `from` are all done.
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
    // Takes a read as soon as it is right: it changes nothing, so taking it later helps no other operation.
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

/**
 * Returns which operations after the first open one are done. Together with `first`, this identifies all done
 * operations.
 */
function doneAfter(done: Uint8Array, first: number): string {
  const indices: number[] = [];
  for (let index = first; index < done.length; index++) if (done[index]) indices.push(index - first);
  return indices.join(",");
}

/** Describes where an order stops: the operation that was answered first among those that may come next. */
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
