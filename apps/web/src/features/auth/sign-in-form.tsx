"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useRouter } from "next/navigation";
import { useForm } from "react-hook-form";
import * as z from "zod/mini";
import { showAuthError } from "#auth/cognito-errors.ts";
import { Email } from "#auth/credentials.ts";
import { withNext } from "#auth/next-path.ts";
import { useCognito } from "#auth/use-cognito.ts";
import { Input } from "#components/ui/field.tsx";
import { FormError } from "#components/ui/form-error.tsx";
import { FormField } from "#components/ui/form-field.tsx";
import { Link } from "#components/ui/link.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { paths } from "#lib/paths.ts";
import { PasswordInput } from "./password-input.tsx";
import { rememberSignUp } from "./pending-sign-up.ts";

const SignIn = z.object({ email: Email, password: z.string().check(z.minLength(1, "Enter your password")) });

/** @param props.next where to go after sign-in, a path of this site */
export function SignInForm({ next }: { next: string }) {
  const cognito = useCognito();
  const router = useRouter();
  const form = useForm({ resolver: zodResolver(SignIn) });
  const { handleSubmit, setError, formState } = form;
  const { errors, isSubmitting, isSubmitSuccessful } = formState;

  async function submit({ email, password }: z.infer<typeof SignIn>) {
    try {
      const { signIn } = await cognito();
      const outcome = await signIn(email, password);
      if (outcome === "confirm") {
        rememberSignUp({ email, password, needsCode: true });
        router.push(withNext(paths.confirm, next));
      } else if (outcome === "reset-password") {
        router.push(withNext(paths.forgotPassword, next));
      } else {
        // Loads a new page, so that nothing rendered for an anonymous visitor stays.
        window.location.assign(next);
      }
    } catch (error) {
      showAuthError(error, ["email", "password"], setError);
    }
  }

  return (
    <form method="post" noValidate className="grid gap-5" onSubmit={handleSubmit(submit)}>
      <FormError>{errors.root?.message}</FormError>
      <FormField form={form} name="email" label="E-mail">
        {(control) => <Input type="email" autoComplete="username" {...control} />}
      </FormField>
      <FormField form={form} name="password" label="Password">
        {(control) => <PasswordInput autoComplete="current-password" {...control} />}
      </FormField>
      <div className="flex flex-wrap items-center justify-between gap-4">
        <SubmitButton pending={isSubmitting || isSubmitSuccessful}>Sign in</SubmitButton>
        <Link href={withNext(paths.forgotPassword, next)} className="link text-sm">
          Forgotten password?
        </Link>
      </div>
    </form>
  );
}
