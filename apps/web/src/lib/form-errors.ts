import type { FieldValues, Path, UseFormSetError } from "react-hook-form";
import { errorData } from "./errors.ts";

/** Returns the API's message for one field of the input. */
export function fieldError(error: unknown, field: string): string | undefined {
  return errorData(error)?.fieldErrors?.[field]?.join(" ");
}

/**
 * Shows the server's messages at the fields of a form, and focuses the first.
 * @returns whether the form has a field for every message; otherwise show `explain` at the form too
 */
export function showFieldErrors<Fields extends FieldValues>(
  error: unknown,
  fields: readonly Path<Fields>[],
  setError: UseFormSetError<Fields>,
): boolean {
  const messages = Object.entries(errorData(error)?.fieldErrors ?? {});
  const known = messages.filter(([name]) => fields.some((field) => field === name));
  known.forEach(([name, texts], index) => {
    setError(
      name as Path<Fields>,
      { type: "server", message: texts.join(" ") },
      { shouldFocus: index === 0 },
    );
  });
  return messages.length > 0 && known.length === messages.length;
}
