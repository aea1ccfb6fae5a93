import { useState } from "react";
import { buttonClass } from "#components/ui/button.tsx";
import { Dialog, DialogClose } from "#components/ui/dialog.tsx";
import { notify } from "#components/ui/toast.tsx";
import { AvailabilityForm } from "#features/availability/availability-form.tsx";
import { newAvailability } from "#features/availability/availability-values.ts";
import { useClock } from "#lib/clock.tsx";
import { formatSpan } from "#lib/format-span.ts";
import { useNow } from "#lib/now.tsx";
import { useCommunity } from "#member/community.ts";
import { useZone } from "#member/zone.tsx";

type Span = { startTime: string; endTime: string };

type PostDialogProps = {
  /** The hours that the member dragged over; undefined if none. */
  span: Span | undefined;
  onClose: () => void;
};

/** Posts the hours that the member dragged over; the rest is preselected. */
export function PostDialog({ span, onClose }: PostDialogProps) {
  const zone = useZone();
  const clock = useClock();
  const now = useNow();
  const { cohorts, types } = useCommunity();
  // The form stays visible while the dialog fades out.
  const [shown, setShown] = useState(span);
  if (span && span !== shown) setShown(span);
  return (
    <Dialog
      open={span !== undefined}
      onOpenChange={(open) => !open && onClose()}
      title="Post an open time"
      wide
    >
      {shown && types.length > 0 && (
        <AvailabilityForm
          key={shown.startTime + shown.endTime}
          compact
          cancel={<DialogClose className={buttonClass({})}>Not now</DialogClose>}
          initial={newAvailability(zone, now, {
            cohorts,
            types: types.slice(0, 1).map(({ id }) => id),
            span: shown,
          })}
          onSaved={({ startTime, endTime }) => {
            notify("Posted", formatSpan(startTime, endTime, zone, clock));
            onClose();
          }}
        />
      )}
    </Dialog>
  );
}
