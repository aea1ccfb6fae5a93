import type { ReactNode } from "react";
import type {
  FieldValues,
  FormState,
  Path,
  RegisterOptions,
  UseFormGetFieldState,
  UseFormRegister,
  UseFormRegisterReturn,
} from "react-hook-form";
import { type ControlProps, Field, type FieldProps } from "./field.tsx";

type FormFieldProps<Fields extends FieldValues, Name extends Path<Fields>> = Omit<
  FieldProps,
  "error" | "children"
> & {
  /** The result of `useForm`. */
  form: {
    register: UseFormRegister<Fields>;
    getFieldState: UseFormGetFieldState<Fields>;
    formState: FormState<Fields>;
  };
  name: Name;
  options?: RegisterOptions<Fields, Name>;
  children: (control: ControlProps & UseFormRegisterReturn<Name>) => ReactNode;
};

/**
 * A field of react-hook-form, registered and connected to its label, hint and error:
 * `<FormField form={form} name="email" label="E-mail">{(control) => <Input type="email" {...control} />}</FormField>`.
 */
export function FormField<Fields extends FieldValues, Name extends Path<Fields>>({
  form,
  name,
  options,
  children,
  ...field
}: FormFieldProps<Fields, Name>) {
  const { error } = form.getFieldState(name, form.formState);
  return (
    <Field {...field} error={error?.message}>
      {(control) => children({ ...control, ...form.register(name, options) })}
    </Field>
  );
}
