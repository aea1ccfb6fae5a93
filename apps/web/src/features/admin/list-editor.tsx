import { useId } from "react";
import { flushSync } from "react-dom";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field, FieldGroup, Input } from "#components/ui/field.tsx";
import { Plus } from "#components/ui/icons/plus.ts";
import { cx } from "#lib/cx.ts";
import { type DraftItem, emptyItem, moved } from "./draft.ts";

type ListEditorProps = {
  title: string;
  /** The word for one item. */
  noun: string;
  hint: string;
  items: readonly DraftItem[];
  error: string | undefined;
  most: number;
  /** Whether each item has a duration. */
  hasDuration?: boolean;
  onChange: (items: DraftItem[]) => void;
};

/** A list whose items can be added, renamed, moved and retired. Saved items stay, because they may be in use. */
export function ListEditor({
  title,
  noun,
  hint,
  items,
  error,
  most,
  hasDuration = false,
  onChange,
}: ListEditorProps) {
  const id = useId();
  const replace = (at: number, part: Partial<DraftItem>) =>
    onChange(items.map((item, index) => (index === at ? { ...item, ...part } : item)));
  const fieldOf = (key: string) => `${id}-${key}`;

  function add() {
    const item = emptyItem(crypto.randomUUID());
    flushSync(() => onChange([...items, item]));
    document.getElementById(fieldOf(item.key))?.focus();
  }
  function move(from: number, to: number, button: HTMLButtonElement) {
    flushSync(() => onChange(moved(items, from, to)));
    // A moved element loses the focus; at an end of the list the button is disabled and takes none.
    if (button.disabled) document.getElementById(fieldOf(items[from]?.key ?? ""))?.focus();
    else button.focus();
  }
  return (
    <FieldGroup label={title} hint={hint} error={error}>
      <ol className="border-line border-b">
        {items.map((item, at) => (
          <li key={item.key} className="grid gap-2 border-line border-t py-3">
            <div className={cx("grid items-end gap-3", hasDuration && "grid-cols-[1fr_6rem]")}>
              <Field
                label={
                  <>
                    Name of the {noun} {item.isRetired && <Badge>retired</Badge>}
                  </>
                }
              >
                {(control) => (
                  <Input
                    {...control}
                    id={fieldOf(item.key)}
                    aria-label={`Name of ${noun} ${at + 1}${item.isRetired ? ", retired" : ""}`}
                    value={item.label}
                    maxLength={60}
                    onChange={({ target }) => replace(at, { label: target.value })}
                  />
                )}
              </Field>
              {hasDuration && (
                <Field label="Minutes">
                  {(control) => (
                    <Input
                      {...control}
                      aria-label={`Minutes of ${noun} ${at + 1}`}
                      type="number"
                      inputMode="numeric"
                      min={15}
                      max={480}
                      value={item.duration}
                      onChange={({ target }) => replace(at, { duration: target.value })}
                    />
                  )}
                </Field>
              )}
            </div>
            <div className="flex flex-wrap gap-2">
              <Button
                size="sm"
                variant="ghost"
                aria-label={`Move ${item.label} up`}
                disabled={at === 0}
                onClick={({ currentTarget }) => move(at, at - 1, currentTarget)}
              >
                Up
              </Button>
              <Button
                size="sm"
                variant="ghost"
                aria-label={`Move ${item.label} down`}
                disabled={at === items.length - 1}
                onClick={({ currentTarget }) => move(at, at + 1, currentTarget)}
              >
                Down
              </Button>
              {item.isNew ? (
                <Button
                  size="sm"
                  variant="ghost"
                  aria-label={`Remove ${item.label}`}
                  onClick={() => onChange(items.toSpliced(at, 1))}
                >
                  Remove
                </Button>
              ) : (
                <Button
                  size="sm"
                  variant="ghost"
                  aria-label={`${item.isRetired ? "Bring back" : "Retire"} ${item.label}`}
                  onClick={() => replace(at, { isRetired: !item.isRetired })}
                >
                  {item.isRetired ? "Bring back" : "Retire"}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ol>
      <Button className="mt-2 justify-self-start" size="sm" disabled={items.length >= most} onClick={add}>
        <Plus className="size-4" />
        Add a {noun}
      </Button>
    </FieldGroup>
  );
}
