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
  /** What `useForm` answers. */
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
 * A field of a form of react-hook-form's, registered and tied to its label, its hint and what is wrong with it:
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
