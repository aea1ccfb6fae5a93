import type { RouterOutputs } from "@kumite/api";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { Dialog, DialogActions, DialogClose } from "#components/ui/dialog.tsx";
import { Field, Textarea } from "#components/ui/field.tsx";
import { FormError } from "#components/ui/form-error.tsx";
import { notify } from "#components/ui/toast.tsx";
import { explain, refusalReason } from "#lib/errors.ts";
import { useTRPC } from "#trpc/client.tsx";
import { useRefresh } from "./refresh.ts";
import { isGroup } from "./starts.ts";
import { whoSeesItCanceled } from "./who-is-told.ts";

/** Cancels one's own booked availability with all of its meetings, once asked, with a reason if one wants to give it. */
export function CancelAvailability({ availability }: { availability: RouterOutputs["availability"]["get"] }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const refresh = useRefresh();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const { owner, id, participants } = availability;
  const label = `Cancel this ${whatIsCanceled(availability)}`;
  const withdraw = useMutation(
    trpc.availability.withdraw.mutationOptions({
      onSuccess: (canceled) => {
        setOpen(false);
        queryClient.setQueryData(trpc.availability.get.queryKey({ owner, id }), canceled);
        refresh();
        notify("Canceled", participants.length > 1 ? "Its meetings are canceled for everyone." : undefined);
      },
      onError: (error) => {
        // The clock was faster: the page shows it.
        if (refusalReason(error)) refresh();
      },
    }),
  );

  function submit(event: FormEvent) {
    event.preventDefault();
    withdraw.mutate({ id, ...(reason.trim() && { reason }) });
  }
  const failure = withdraw.error && explain(withdraw.error);
  return (
    <Dialog
      open={open}
      onOpenChange={(open) => {
        if (open) withdraw.reset();
        setOpen(open);
      }}
      title={`${label}?`}
      description={
        <span className="wrap-anywhere">
          {whoSeesItCanceled(participants.map(({ displayName }) => displayName))} Nobody can book it until you
          open it again.
        </span>
      }
      trigger={<Button variant="danger">{label}</Button>}
    >
      <form onSubmit={submit} className="wrap-anywhere grid gap-5">
        <Field
          label="Reason"
          hint={`If you like. ${participants.length > 1 ? "They read" : `${participants[0]?.displayName} reads`} it.`}
        >
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
        {failure && (
          <FormError>
            <strong className="block">{failure.title}</strong>
            {failure.detail}
          </FormError>
        )}
        <DialogActions>
          <DialogClose className={buttonClass({})}>Keep it</DialogClose>
          <Button type="submit" variant="danger" pending={withdraw.isPending}>
            {label}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

function whatIsCanceled(availability: RouterOutputs["availability"]["get"]): string {
  if (isGroup(availability)) return "group";
  return availability.bookings === "several" ? "open time" : "meeting";
}
