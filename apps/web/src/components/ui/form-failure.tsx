import { explain } from "#lib/errors.ts";
import { FormError } from "./form-error.tsx";

/** Shows the message for an error; nothing without one. */
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
