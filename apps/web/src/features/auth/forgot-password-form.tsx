"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useEffect, useState } from "react";
import { useForm } from "react-hook-form";
import * as z from "zod/mini";
import { showAuthError } from "#auth/cognito-errors.ts";
import { Code, Email, NewPassword, passwordPolicy } from "#auth/credentials.ts";
import { useCognito } from "#auth/use-cognito.ts";
import { Input } from "#components/ui/field.tsx";
import { FormError } from "#components/ui/form-error.tsx";
import { FormField } from "#components/ui/form-field.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { CodeInput } from "./code-input.tsx";
import { PasswordInput } from "./password-input.tsx";
import { ResendCode } from "./resend-code.tsx";

/** Asks for the address, then for the code from the e-mail and a new password. Then signs in and goes to `next`. */
export function ForgotPasswordForm({ next }: { next: string }) {
  const [email, setEmail] = useState<string>();
  return email === undefined ? (
    <RequestForm onRequested={setEmail} />
  ) : (
    <ResetForm email={email} next={next} />
  );
}

const Request = z.object({ email: Email });

function RequestForm({ onRequested }: { onRequested: (email: string) => void }) {
  const cognito = useCognito();
  const form = useForm({ resolver: zodResolver(Request) });
  const { handleSubmit, setError, formState } = form;
  const { errors, isSubmitting } = formState;

  async function submit({ email }: z.infer<typeof Request>) {
    try {
      const { requestPasswordReset } = await cognito();
      await requestPasswordReset(email);
      onRequested(email);
    } catch (error) {
      // Same answer: it must not reveal whether an address has an account.
      if (error instanceof Error && error.name === "UserNotFoundException") return onRequested(email);
      showAuthError(error, ["email"], setError);
    }
  }

  return (
    <form method="post" noValidate className="grid gap-5" onSubmit={handleSubmit(submit)}>
      <FormError>{errors.root?.message}</FormError>
      <FormField form={form} name="email" label="E-mail">
        {(control) => <Input type="email" autoComplete="username" {...control} />}
      </FormField>
      <div>
        <SubmitButton pending={isSubmitting}>Send me a code</SubmitButton>
      </div>
    </form>
  );
}

const Reset = z.object({ code: Code, password: NewPassword });

function ResetForm({ email, next }: { email: string; next: string }) {
  const cognito = useCognito();
  const form = useForm({ resolver: zodResolver(Reset) });
  const { handleSubmit, setError, setFocus, formState } = form;
  const { errors, isSubmitting, isSubmitSuccessful } = formState;
  useEffect(() => setFocus("code"), [setFocus]);

  async function resend(): Promise<boolean> {
    const { requestPasswordReset } = await cognito();
    await requestPasswordReset(email);
    return true;
  }

  async function submit({ code, password }: z.infer<typeof Reset>) {
    try {
      const { resetPassword, signIn } = await cognito();
      await resetPassword(email, code, password);
      await signIn(email, password);
      window.location.assign(next);
    } catch (error) {
      showAuthError(error, ["code", "password"], setError);
    }
  }

  return (
    <div className="grid gap-6">
      <form method="post" noValidate className="grid gap-5" onSubmit={handleSubmit(submit)}>
        <p role="status">
          If <strong className="wrap-anywhere">{email}</strong> has an account, a code is on its way there.
        </p>
        <FormError>{errors.root?.message}</FormError>
        {/* For password managers: the account of this password. */}
        <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
        <FormField form={form} name="code" label="Code" hint="Six digits.">
          {(control) => <CodeInput {...control} />}
        </FormField>
        <FormField form={form} name="password" label="New password" hint={`${passwordPolicy}.`}>
          {(control) => <PasswordInput autoComplete="new-password" {...control} />}
        </FormField>
        <div>
          <SubmitButton pending={isSubmitting || isSubmitSuccessful}>Save and sign in</SubmitButton>
        </div>
      </form>
      <ResendCode send={resend} />
    </div>
  );
}
