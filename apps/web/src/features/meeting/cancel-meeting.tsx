import type { RouterOutputs } from "@kumite/api";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { Dialog, DialogActions, DialogClose } from "#components/ui/dialog.tsx";
import { Field, Textarea } from "#components/ui/field.tsx";
import { FormError } from "#components/ui/form-error.tsx";
import { notify } from "#components/ui/toast.tsx";
import { useRefresh } from "#features/availability/refresh.ts";
import { isGroup } from "#features/availability/starts.ts";
import { explain, refusalReason } from "#lib/errors.ts";
import { useTRPC } from "#trpc/client.tsx";

type CancelMeetingProps = {
  meeting: RouterOutputs["meeting"]["get"];
  /** The other person's name. */
  other: string;
  /** Whether the member is the owner, who closes the time of a one-to-one meeting with it. */
  isOwner: boolean;
};

/** Cancels a meeting for both, once asked, with a reason if one wants to give it. */
export function CancelMeeting({ meeting, other, isOwner }: CancelMeetingProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const refresh = useRefresh();
  const [open, setOpen] = useState(false);
  const { data: availability } = useQuery(
    trpc.availability.get.queryOptions(
      { owner: meeting.owner, id: meeting.availabilityId },
      { enabled: isOwner && open },
    ),
  );
  const [reason, setReason] = useState("");
  const cancel = useMutation(
    trpc.meeting.cancel.mutationOptions({
      onSuccess: (canceled) => {
        setOpen(false);
        queryClient.setQueryData(trpc.meeting.get.queryKey({ id: meeting.id }), canceled);
        refresh();
        notify("Canceled", `It is canceled for ${other} too.`);
      },
      onError: (error) => {
        // Somebody or the clock was faster: the page shows it.
        if (refusalReason(error)) refresh();
      },
    }),
  );

  function submit(event: FormEvent) {
    event.preventDefault();
    cancel.mutate({ id: meeting.id, ...(reason.trim() && { reason }) });
  }
  const failure = cancel.error && explain(cancel.error);
  return (
    <Dialog
      open={open}
      onOpenChange={(open) => {
        if (open) cancel.reset();
        setOpen(open);
      }}
      title="Cancel this meeting?"
      description={
        isOwner
          ? `It is canceled for ${other} too. ${availability ? whatBecomesOf(availability) : ""}`
          : `It is canceled for ${other} too, and others can book the time again.`
      }
      trigger={<Button variant="danger">Cancel the meeting</Button>}
    >
      <form onSubmit={submit} className="grid gap-5">
        <Field label="Reason" hint={`If you like. ${other} reads it.`}>
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
          <Button type="submit" variant="danger" pending={cancel.isPending}>
            Cancel the meeting
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

/** What the owner's cancelation of a meeting makes of its availability. */
function whatBecomesOf(availability: RouterOutputs["availability"]["get"]): string {
  if (isGroup(availability)) return "Others can book the seat again.";
  return availability.bookings === "several"
    ? "Nobody can book its time again; the rest of it stays open."
    : "Nobody can book that time anymore.";
}
