"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useRouter } from "next/navigation";
import { useForm } from "react-hook-form";
import * as z from "zod/mini";
import { showAuthError } from "#auth/cognito-errors.ts";
import { Email, NewPassword, passwordPolicy } from "#auth/credentials.ts";
import { withNext } from "#auth/next-path.ts";
import { useCognito } from "#auth/use-cognito.ts";
import { Input } from "#components/ui/field.tsx";
import { FormError } from "#components/ui/form-error.tsx";
import { FormField } from "#components/ui/form-field.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { paths } from "#lib/paths.ts";
import { PasswordInput } from "./password-input.tsx";
import { rememberSignUp } from "./pending-sign-up.ts";

const SignUp = z.object({
  displayName: z
    .string()
    .check(
      z.trim(),
      z.minLength(1, "Tell others what to call you"),
      z.maxLength(80, "At most 80 characters"),
    ),
  email: Email,
  password: NewPassword,
});

/** @param props.next where to go at the end, a path of this site */
export function SignUpForm({ next }: { next: string }) {
  const cognito = useCognito();
  const router = useRouter();
  const form = useForm({ resolver: zodResolver(SignUp) });
  const { handleSubmit, setError, formState } = form;
  const { errors, isSubmitting, isSubmitSuccessful } = formState;

  async function submit({ displayName, email, password }: z.infer<typeof SignUp>) {
    try {
      const { signUp } = await cognito();
      await signUp(email, password, displayName);
      rememberSignUp({ email, password, needsCode: false });
      router.push(withNext(paths.confirm, next));
    } catch (error) {
      showAuthError(error, ["email", "password"], setError);
    }
  }

  return (
    <form method="post" noValidate className="grid gap-5" onSubmit={handleSubmit(submit)}>
      <FormError>{errors.root?.message}</FormError>
      <FormField form={form} name="displayName" label="Name" hint="Other members see it.">
        {(control) => <Input autoComplete="name" {...control} />}
      </FormField>
      <FormField form={form} name="email" label="E-mail" hint="Members never see it.">
        {(control) => <Input type="email" autoComplete="username" {...control} />}
      </FormField>
      <FormField form={form} name="password" label="Password" hint={`${passwordPolicy}.`}>
        {(control) => <PasswordInput autoComplete="new-password" {...control} />}
      </FormField>
      <div>
        <SubmitButton pending={isSubmitting || isSubmitSuccessful}>Sign up</SubmitButton>
      </div>
    </form>
  );
}
