import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { Dialog, DialogActions, DialogClose } from "#components/ui/dialog.tsx";
import { FormError } from "#components/ui/form-error.tsx";
import { notify } from "#components/ui/toast.tsx";
import { explain } from "#lib/errors.ts";
import { paths } from "#lib/paths.ts";
import { useTRPC } from "#trpc/client.tsx";
import { useRefresh } from "./refresh.ts";

/** Deletes the member's own availability, after a confirmation. */
export function DeleteAvailability({ id }: { id: string }) {
  const trpc = useTRPC();
  const router = useRouter();
  const refresh = useRefresh();
  const [open, setOpen] = useState(false);
  const remove = useMutation(
    trpc.availability.delete.mutationOptions({
      onSuccess: () => {
        refresh("deleted");
        notify("Deleted");
        router.replace(paths.calendar);
      },
      onError: () => refresh(),
    }),
  );
  const failure = remove.error && explain(remove.error);
  return (
    <Dialog
      open={open}
      onOpenChange={(open) => {
        if (open) remove.reset();
        setOpen(open);
      }}
      title="Delete this open time?"
      description="Nobody can book it any more. This cannot be undone."
      trigger={<Button variant="danger">Delete</Button>}
    >
      {failure && (
        <FormError>
          {failure.title}. {failure.detail}
        </FormError>
      )}
      <DialogActions>
        <DialogClose className={buttonClass({})}>Keep it</DialogClose>
        <Button variant="danger" pending={remove.isPending} onClick={() => remove.mutate({ id })}>
          Delete
        </Button>
      </DialogActions>
    </Dialog>
  );
}
