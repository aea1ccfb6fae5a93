import { explain } from "#lib/errors.ts";
import { FormError } from "./form-error.tsx";

/** Why something could not be done, in words; nothing without an error. */
export function FormFailure({ error }: { error: unknown }) {
  if (!error) return null;
  const { title, detail } = explain(error);
  return (
    <FormError>
      <strong className="block">{title}</strong>
      {detail}
    </FormError>
  );
}
