"use client";

import { type ComponentProps, type ReactNode, useId } from "react";
import { cx } from "#lib/cx.ts";
import { useWaitingMark } from "#lib/use-hydrated.ts";

/** The attributes that connect a control to its label, hint and error. */
export type ControlProps = {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
};

export type FieldProps = {
  label: ReactNode;
  /** Always shown: format, limits, who sees it. */
  hint?: ReactNode;
  error?: string | undefined;
  className?: string;
  children: (control: ControlProps) => ReactNode;
};

/** Returns the texts below a control, and the attributes that connect it to them. */
function useTexts({ hint, error }: Pick<FieldProps, "hint" | "error">) {
  const id = useId();
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const control: ControlProps = {
    id,
    "aria-describedby": [hint && hintId, error && errorId].filter(Boolean).join(" ") || undefined,
    "aria-invalid": error ? true : undefined,
  };
  const texts = (
    <>
      {hint && (
        <p id={hintId} className="text-ink-soft text-sm">
          {hint}
        </p>
      )}
      {error && (
        <p id={errorId} className="font-medium text-danger text-sm">
          {error}
        </p>
      )}
    </>
  );
  return { control, texts };
}

/**
 * A labeled control: `<Field label="Name">{(control) => <Input {...control} />}</Field>`. With react-hook-form, use `FormField`.
 */
export function Field({ label, hint, error, className, children }: FieldProps) {
  const { control, texts } = useTexts({ hint, error });
  return (
    <div className={cx("grid gap-1.5", className)}>
      <label htmlFor={control.id} className="font-medium text-sm">
        {label}
      </label>
      {children(control)}
      {texts}
    </div>
  );
}

type GroupProps = Omit<FieldProps, "children"> & { children: ReactNode };

/** A labeled group of controls, such as check boxes. */
export function FieldGroup({ label, hint, error, className, children }: GroupProps) {
  const { control, texts } = useTexts({ hint, error });
  return (
    <fieldset className={cx("min-w-0", className)} aria-describedby={control["aria-describedby"]}>
      <legend className="mb-1.5 font-medium text-sm">{label}</legend>
      <div className="grid gap-1.5">
        {children}
        {texts}
      </div>
    </fieldset>
  );
}

const control =
  "w-full rounded border border-line-strong bg-surface text-ink placeholder:text-ink-soft " +
  "aria-invalid:border-danger disabled:bg-sunken disabled:text-ink-soft";

/** Marks a controlled field. An uncontrolled one keeps what is typed before hydration. */
function useFieldMark({ value }: { value?: unknown }) {
  const mark = useWaitingMark();
  return value === undefined ? undefined : mark;
}

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input {...useFieldMark(rest)} {...rest} className={cx(control, "h-11 px-3", className)} />;
}

export function Textarea({ className, ...rest }: ComponentProps<"textarea">) {
  return (
    <textarea rows={4} {...useFieldMark(rest)} {...rest} className={cx(control, "px-3 py-2", className)} />
  );
}

/** A native select: best on phones, and nothing to load. */
export function Select({ className, ...rest }: ComponentProps<"select">) {
  return (
    <select
      {...useFieldMark(rest)}
      {...rest}
      className={cx(
        control,
        "h-11 appearance-none bg-[position:right_0.75rem_center] bg-no-repeat pr-9 pl-3 chevron",
        className,
      )}
    />
  );
}

/** A check box with a label; both can be pressed. */
export function Checkbox({ children, className, ...rest }: ComponentProps<"input">) {
  return (
    <label className={cx("flex min-h-11 cursor-pointer items-center gap-3 py-1", className)}>
      <input type="checkbox" {...useWaitingMark()} {...rest} className="size-5 shrink-0 accent-accent" />
      <span>{children}</span>
    </label>
  );
}
