import type { RouterOutputs } from "@kumite/api";
import { isGroup, isSeveral } from "@kumite/core/availabilities/capacity";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { notify } from "#components/ui/toast.tsx";
import { CancelDialog } from "#features/availability/cancel-dialog.tsx";
import { useRefresh } from "#features/availability/refresh.ts";
import { refusalReason } from "#lib/errors.ts";
import { useTRPC } from "#trpc/client.tsx";

type CancelMeetingProps = {
  meeting: RouterOutputs["meeting"]["get"];
  /** The other person's name. */
  other: string;
  /** Whether the member is the owner: canceling then also closes the time of a one-to-one meeting. */
  isOwner: boolean;
};

/** Cancels a meeting for both people, after a confirmation, with an optional reason. */
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
  const cancel = useMutation(
    trpc.meeting.cancel.mutationOptions({
      onSuccess: (canceled) => {
        setOpen(false);
        queryClient.setQueryData(trpc.meeting.get.queryKey({ id: meeting.id }), canceled);
        refresh();
        notify("Canceled", `It is canceled for ${other} too.`);
      },
      onError: (error) => {
        // It has been canceled or has started meanwhile: the page shows that.
        if (refusalReason(error)) refresh();
      },
    }),
  );

  return (
    <CancelDialog
      open={open}
      onOpenChange={setOpen}
      title="Cancel this meeting?"
      description={
        isOwner
          ? `It is canceled for ${other} too. ${availability ? whatBecomesOf(availability) : ""}`
          : `It is canceled for ${other} too, and others can book the time again.`
      }
      label="Cancel the meeting"
      readers={`${other} reads`}
      cancel={cancel}
      onConfirm={(reason) => cancel.mutate({ id: meeting.id, reason })}
    />
  );
}

/** Says what happens to the availability when its owner cancels a meeting. */
function whatBecomesOf(availability: RouterOutputs["availability"]["get"]): string {
  if (isGroup(availability)) return "Others can book the seat again.";
  return isSeveral(availability)
    ? "Nobody can book its time again; the rest of it stays open."
    : "Nobody can book that time anymore.";
}
