import { zodResolver } from "@hookform/resolvers/zod";
import type { RouterOutputs } from "@kumite/api";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { type FieldValues, type Path, type UseFormSetError, useForm } from "react-hook-form";
import * as z from "zod/mini";
import { showAuthError } from "#auth/cognito-errors.ts";
import { Code, Email } from "#auth/credentials.ts";
import { useCognito } from "#auth/use-cognito.ts";
import { Button } from "#components/ui/button.tsx";
import { Input } from "#components/ui/field.tsx";
import { FormError } from "#components/ui/form-error.tsx";
import { FormField } from "#components/ui/form-field.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { notify } from "#components/ui/toast.tsx";
import { CodeInput } from "#features/auth/code-input.tsx";
import { ResendCode } from "#features/auth/resend-code.tsx";
import { useOwnProfile } from "#member/member.tsx";
import { useTRPC } from "#trpc/client.tsx";

type Profile = Pick<RouterOutputs["user"]["set"], "username" | "email">;

/** Shows the account's e-mail address, and changes it: first the new address, then the code that was sent there. */
export function ChangeEmail({ profile }: { profile: Profile }) {
  const [step, setStep] = useState<"shown" | "asked" | { email: string }>("shown");
  const close = () => setStep("shown");
  // Cognito's user name for people who have signed in with Google only.
  if (/^google_/i.test(profile.username)) {
    return <p className="wrap-anywhere text-ink-soft">{profile.email}, from your Google account.</p>;
  }
  if (step === "shown") {
    return (
      <>
        <p className="wrap-anywhere">{profile.email}</p>
        <Button size="sm" onClick={() => setStep("asked")}>
          Change e-mail
        </Button>
      </>
    );
  }
  if (step === "asked") {
    return <AddressForm current={profile.email} onSent={(email) => setStep({ email })} onCancel={close} />;
  }
  return <CodeForm email={step.email} onDone={close} />;
}

const Address = z.object({ email: Email });

type AddressFormProps = { current: string; onSent: (email: string) => void; onCancel: () => void };

function AddressForm({ current, onSent, onCancel }: AddressFormProps) {
  const cognito = useCognito();
  const form = useForm({
    resolver: zodResolver(Address),
  });
  const { handleSubmit, setError, setFocus, formState } = form;
  const { errors, isSubmitting } = formState;
  useEffect(() => setFocus("email"), [setFocus]);

  async function submit({ email }: z.infer<typeof Address>) {
    if (email === current) {
      return setError("email", { message: "This is your address already" }, { shouldFocus: true });
    }
    try {
      const { requestEmailChange } = await cognito();
      await requestEmailChange(email);
      onSent(email);
    } catch (error) {
      showSessionError(error, ["email"], setError);
    }
  }

  return (
    <form method="post" noValidate className="grid w-full gap-5" onSubmit={handleSubmit(submit)}>
      <FormError>{errors.root?.message}</FormError>
      <FormField
        form={form}
        name="email"
        label="New e-mail"
        hint={
          <>
            We send a code there. Until you enter it, <span className="wrap-anywhere">{current}</span> stays.
          </>
        }
      >
        {(control) => <Input type="email" autoComplete="email" {...control} />}
      </FormField>
      <div className="flex flex-wrap gap-3">
        <SubmitButton pending={isSubmitting}>Send the code</SubmitButton>
        <Button onClick={onCancel}>Keep the old one</Button>
      </div>
    </form>
  );
}

const Verification = z.object({ code: Code });

function CodeForm({ email, onDone }: { email: string; onDone: () => void }) {
  const cognito = useCognito();
  const trpc = useTRPC();
  const { setProfile } = useOwnProfile();
  const refresh = useMutation(trpc.user.refreshEmail.mutationOptions());
  const form = useForm({
    resolver: zodResolver(Verification),
  });
  const { handleSubmit, setError, setFocus, formState } = form;
  const { errors, isSubmitting } = formState;
  useEffect(() => setFocus("code"), [setFocus]);

  async function submit({ code }: z.infer<typeof Verification>) {
    try {
      const { confirmEmailChange } = await cognito();
      await confirmEmailChange(code);
    } catch (error) {
      return showSessionError(error, ["code"], setError);
    }
    // The address has changed by now. If this fails, the profile shows it a little later.
    const saved = await refresh.mutateAsync({}).catch(() => undefined);
    if (saved) setProfile(saved);
    notify("Saved", `From now on you sign in with ${email}.`);
    onDone();
  }

  async function resend(): Promise<boolean> {
    const { resendEmailCode } = await cognito();
    await resendEmailCode();
    return true;
  }

  return (
    <div className="grid w-full gap-6">
      <form method="post" noValidate className="grid gap-5" onSubmit={handleSubmit(submit)}>
        <p role="status">
          A code is on its way to <strong className="wrap-anywhere">{email}</strong>.
        </p>
        <FormError>{errors.root?.message}</FormError>
        <FormField form={form} name="code" label="Code" hint="Six digits.">
          {(control) => <CodeInput {...control} />}
        </FormField>
        <div className="flex flex-wrap gap-3">
          <SubmitButton pending={isSubmitting}>Change e-mail</SubmitButton>
          <Button onClick={onDone}>Keep the old one</Button>
        </div>
      </form>
      <ResendCode send={resend} />
    </div>
  );
}

/** Shows Cognito's error. If Cognito refuses a signed-in member, their session was ended elsewhere. */
function showSessionError<Fields extends FieldValues>(
  error: unknown,
  fields: readonly Path<Fields>[],
  setError: UseFormSetError<Fields>,
): void {
  const isOver =
    error instanceof Error &&
    ["NotAuthorizedException", "UserUnAuthenticatedException", "UserNotFoundException"].includes(error.name);
  if (isOver)
    setError("root", { message: "Your session has ended. Sign in again, then change your address." });
  else showAuthError(error, fields, setError);
}
