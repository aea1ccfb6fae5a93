import { type FormEvent, useState } from "react";
import { useAuthConfig } from "#auth/auth-config.tsx";
import { leaveAfter } from "#auth/end-session.ts";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { Dialog, DialogActions, DialogClose } from "#components/ui/dialog.tsx";
import { Field, Input } from "#components/ui/field.tsx";
import { FormFailure } from "#components/ui/form-failure.tsx";
import { fieldError } from "#lib/form-errors.ts";
import { useTRPCClient } from "#trpc/client.tsx";

/** Deletes the member's account, once they have typed their name. */
export function DeleteAccount({ name }: { name: string }) {
  const config = useAuthConfig();
  const client = useTRPCClient();
  const [open, setOpen] = useState(false);
  const [displayName, setDisplayName] = useState("");
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>();

  async function submit(event: FormEvent) {
    event.preventDefault();
    setPending(true);
    setError(undefined);
    try {
      await leaveAfter(config, () => client.user.delete.mutate({ displayName }));
    } catch (error) {
      setPending(false);
      setError(error);
    }
  }

  const wrongName = fieldError(error, "displayName");
  return (
    <>
      <p className="text-ink-soft">
        Your profile, your open times and your sign-in are erased. This cannot be undone.
      </p>
      <Dialog
        open={open}
        onOpenChange={(open) => {
          setDisplayName("");
          setError(undefined);
          setOpen(open);
        }}
        title="Delete your account?"
        description="Your future meetings are canceled, and the others see why. Your open times are deleted, your profile is erased, and you are signed out. Others keep their past meetings, with “Former member” instead of your name."
        trigger={
          <Button variant="danger" size="sm">
            Delete my account
          </Button>
        }
      >
        <form method="post" noValidate onSubmit={submit} className="grid gap-5">
          <Field
            label="Your name"
            hint={
              <>
                To confirm, type <strong className="wrap-anywhere">{name}</strong>.
              </>
            }
            error={wrongName}
          >
            {(control) => (
              <Input
                {...control}
                autoComplete="off"
                value={displayName}
                onChange={(event) => setDisplayName(event.target.value)}
              />
            )}
          </Field>
          {wrongName === undefined && <FormFailure error={error} />}
          <DialogActions>
            <DialogClose className={buttonClass({})}>Keep my account</DialogClose>
            <Button type="submit" variant="danger" pending={pending}>
              Delete my account
            </Button>
          </DialogActions>
        </form>
      </Dialog>
    </>
  );
}
