import type { RouterOutputs } from "@kumite/api";
import { isGroup, isSeveral } from "@kumite/core/availabilities/capacity";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { notify } from "#components/ui/toast.tsx";
import { refusalReason } from "#lib/errors.ts";
import { useTRPC } from "#trpc/client.tsx";
import { CancelDialog } from "./cancel-dialog.tsx";
import { useRefresh } from "./refresh.ts";
import { whoSeesItCanceled } from "./who-is-told.ts";

/** Cancels the member's own booked availability with all its meetings, after a confirmation, with an optional reason. */
export function CancelAvailability({ availability }: { availability: RouterOutputs["availability"]["get"] }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const refresh = useRefresh();
  const [open, setOpen] = useState(false);
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
        // It has changed or started meanwhile: the page shows that.
        if (refusalReason(error)) refresh();
      },
    }),
  );

  const names = participants.map(({ displayName }) => displayName);
  return (
    <CancelDialog
      open={open}
      onOpenChange={setOpen}
      title={`${label}?`}
      description={`${whoSeesItCanceled(names)} Nobody can book it until you open it again.`}
      label={label}
      readers={names.length > 1 ? "They read" : `${names[0]} reads`}
      cancel={withdraw}
      onConfirm={(reason) => withdraw.mutate({ id, reason })}
    />
  );
}

function whatIsCanceled(availability: RouterOutputs["availability"]["get"]): string {
  if (isGroup(availability)) return "group";
  return isSeveral(availability) ? "open time" : "meeting";
}
