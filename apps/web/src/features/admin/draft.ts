import type { RouterInputs, RouterOutputs } from "@kumite/api";

export type Settings = RouterOutputs["community"]["settings"];
type SetInput = RouterInputs["community"]["set"];

/** A cohort or a type in the form. */
export interface DraftItem {
  /** Identifies the item in the form; the id of an existing item. */
  readonly key: string;
  readonly isNew: boolean;
  readonly label: string;
  readonly isRetired: boolean;
  /** A type's duration in minutes, as typed. */
  readonly duration: string;
}

export interface Draft {
  readonly name: string;
  readonly defaultLocation: string;
  readonly cohorts: readonly DraftItem[];
  readonly types: readonly DraftItem[];
}

type Setting = Settings["cohorts"][number] & { durationMinutes?: number };

function toItem({ id, label, isRetired, durationMinutes }: Setting): DraftItem {
  return {
    key: id,
    isNew: false,
    label,
    isRetired: isRetired ?? false,
    duration: String(durationMinutes ?? ""),
  };
}

export function toDraft({ name, defaultLocation, cohorts, types }: Settings): Draft {
  return { name, defaultLocation, cohorts: cohorts.map(toItem), types: types.map(toItem) };
}

/** Returns a new item to fill in. */
export function emptyItem(key: string): DraftItem {
  return { key, isNew: true, label: "", isRetired: false, duration: "60" };
}

/** Returns the items with the one at `from` moved to `to`. */
export function moved(items: readonly DraftItem[], from: number, to: number): DraftItem[] {
  const item = items[from];
  if (!item || to < 0 || to >= items.length) return [...items];
  return items.toSpliced(from, 1).toSpliced(to, 0, item);
}

/** Returns an id for a new item: its name in the characters of ids, and a number if that id is taken. */
export function newId(label: string, taken: ReadonlySet<string>): string {
  const base =
    label
      .normalize("NFC")
      .replace(/[^\p{L}\p{M}\p{N} _.+-]+/gu, "-")
      .replace(/^[^\p{L}\p{N}]+/u, "")
      .slice(0, 36)
      .replace(/[^\p{L}\p{M}\p{N}+]+$/u, "") || "item";
  let id = base;
  for (let number = 2; taken.has(id); number++) id = `${base}-${number}`;
  return id;
}

function withIds(items: readonly DraftItem[]): (DraftItem & { id: string })[] {
  const taken = new Set(items.filter(({ isNew }) => !isNew).map(({ key }) => key));
  return items.map((item) => {
    const id = item.isNew ? newId(item.label, taken) : item.key;
    taken.add(id);
    return { ...item, id };
  });
}

/** Returns the input that saving sends. */
export function toInput({ name, defaultLocation, cohorts, types }: Draft, revision: number): SetInput {
  return {
    revision,
    name,
    defaultLocation,
    cohorts: withIds(cohorts).map(({ id, label, isRetired }) => ({ id, label, isRetired })),
    types: withIds(types).map(({ id, label, isRetired, duration }) => ({
      id,
      label,
      isRetired,
      durationMinutes: Number(duration),
    })),
  };
}
