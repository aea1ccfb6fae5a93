import { type FormEvent, type ReactNode, useState } from "react";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { Dialog, DialogActions, DialogClose } from "#components/ui/dialog.tsx";
import { Field, Textarea } from "#components/ui/field.tsx";
import { FormFailure } from "#components/ui/form-failure.tsx";

type CancelDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** Who sees the cancelation, and what happens to the time. */
  description: ReactNode;
  /** The text of the buttons that open and confirm it. */
  label: string;
  /** `Ann reads` or `They read`, for the hint at the reason. */
  readers: string;
  /** The mutation that cancels. */
  cancel: { readonly error: unknown; readonly isPending: boolean; readonly reset: () => void };
  /** @param reason undefined if none was given */
  onConfirm: (reason: string | undefined) => void;
};

/** Asks for a confirmation before a cancelation, with an optional reason. */
export function CancelDialog(props: CancelDialogProps) {
  const { open, onOpenChange, title, description, label, readers, cancel, onConfirm } = props;
  const [reason, setReason] = useState("");

  function submit(event: FormEvent) {
    event.preventDefault();
    onConfirm(reason.trim() ? reason : undefined);
  }
  return (
    <Dialog
      open={open}
      onOpenChange={(open) => {
        if (open) cancel.reset();
        onOpenChange(open);
      }}
      title={title}
      description={<span className="wrap-anywhere">{description}</span>}
      trigger={<Button variant="danger">{label}</Button>}
    >
      <form onSubmit={submit} className="wrap-anywhere grid gap-5">
        <Field label="Reason" hint={`Optional. ${readers} it.`}>
          {(control) => (
            <Textarea
              {...control}
              rows={3}
              maxLength={2_000}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        <FormFailure error={cancel.error} />
        <DialogActions>
          <DialogClose className={buttonClass({})}>Keep it</DialogClose>
          <Button type="submit" variant="danger" pending={cancel.isPending}>
            {label}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
