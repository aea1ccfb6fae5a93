"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { useForm } from "react-hook-form";
import * as z from "zod/mini";
import { isAlreadyConfirmed, showAuthError } from "#auth/cognito-errors.ts";
import { Code, Email } from "#auth/credentials.ts";
import { signInPath, welcomePath } from "#auth/next-path.ts";
import { useCognito } from "#auth/use-cognito.ts";
import { Input } from "#components/ui/field.tsx";
import { FormError } from "#components/ui/form-error.tsx";
import { FormField } from "#components/ui/form-field.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { CodeInput } from "./code-input.tsx";
import { forgetSignUp, recallSignUp } from "./pending-sign-up.ts";
import { ResendCode } from "./resend-code.tsx";

const Confirmation = z.object({ email: Email, code: Code });

/**
 * Confirms a sign-up with the code from the e-mail, signs in if the password is still in memory, and goes to the
 * profile.
 */
export function ConfirmForm({ next }: { next: string }) {
  const cognito = useCognito();
  const router = useRouter();
  const [pending] = useState(recallSignUp);
  const form = useForm({
    resolver: zodResolver(Confirmation),
    ...(pending && { defaultValues: { email: pending.email } }),
  });
  const { handleSubmit, setError, trigger, getValues, formState } = form;
  const { errors, isSubmitting, isSubmitSuccessful } = formState;
  const welcome = welcomePath(next);

  const isAsked = useRef(false);
  useEffect(() => {
    if (!pending?.needsCode || isAsked.current) return;
    isAsked.current = true;
    cognito()
      .then(({ resendCode }) => resendCode(pending.email))
      .catch((error: unknown) => showAuthError(error, ["email"], setError));
  }, [cognito, pending, setError]);

  async function resend(): Promise<boolean> {
    if (!(await trigger("email"))) return false;
    const { resendCode } = await cognito();
    await resendCode(Email.parse(getValues("email")));
    return true;
  }

  async function submit({ email, code }: z.infer<typeof Confirmation>) {
    try {
      const { confirmSignUp } = await cognito();
      await confirmSignUp(email, code);
    } catch (error) {
      if (!isAlreadyConfirmed(error)) return showAuthError(error, ["email", "code"], setError);
    }
    if (!pending || pending.email !== email) return router.push(signInPath(welcome));
    try {
      const { signIn } = await cognito();
      await signIn(email, pending.password);
      forgetSignUp();
      window.location.assign(welcome);
    } catch {
      // The address is confirmed; the sign-in form shows what is wrong.
      router.push(signInPath(welcome));
    }
  }

  return (
    <div className="grid gap-6">
      <form method="post" noValidate className="grid gap-5" onSubmit={handleSubmit(submit)}>
        <FormError>{errors.root?.message}</FormError>
        {pending ? (
          <p>
            A code is on its way to <strong className="wrap-anywhere">{pending.email}</strong>.
          </p>
        ) : (
          <FormField form={form} name="email" label="E-mail">
            {(control) => <Input type="email" autoComplete="username" {...control} />}
          </FormField>
        )}
        <FormField form={form} name="code" label="Code" hint="Six digits.">
          {(control) => <CodeInput {...control} />}
        </FormField>
        <div>
          <SubmitButton pending={isSubmitting || isSubmitSuccessful}>Confirm</SubmitButton>
        </div>
      </form>
      <ResendCode send={resend} />
    </div>
  );
}
