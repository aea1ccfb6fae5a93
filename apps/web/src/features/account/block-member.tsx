import type { RouterOutputs } from "@kumite/api";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { Dialog, DialogActions, DialogClose } from "#components/ui/dialog.tsx";
import { FormFailure } from "#components/ui/form-failure.tsx";
import { notify } from "#components/ui/toast.tsx";
import { useTRPC } from "#trpc/client.tsx";
import { Unblock, useBlockChange } from "./blocked-members.tsx";

type BlockMemberProps = { member: Pick<RouterOutputs["user"]["get"], "username" | "displayName"> };

/** Blocks another member after a confirmation; shows whether they are blocked. */
export function BlockMember({ member }: BlockMemberProps) {
  const { username, displayName } = member;
  const trpc = useTRPC();
  const { data } = useQuery(trpc.user.listBlocked.queryOptions({}));
  if (!data) return null;
  const isBlocked = data.blocked.some((blocked) => blocked.username === username);
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
      {isBlocked ? (
        <>
          <p className="min-w-0 grow wrap-anywhere text-ink-soft">You have blocked {displayName}.</p>
          <Unblock username={username} name={displayName} />
        </>
      ) : (
        <BlockDialog username={username} name={displayName} />
      )}
    </div>
  );
}

function BlockDialog({ username, name }: { username: string; name: string }) {
  const [open, setOpen] = useState(false);
  const block = useBlockChange("block", () => {
    setOpen(false);
    notify(`${name} is blocked`);
  });
  return (
    <Dialog
      open={open}
      onOpenChange={(open) => {
        if (open) block.reset();
        setOpen(open);
      }}
      title={`Block ${name}?`}
      description="You can no longer find or book each other’s open times. Your meetings with each other stay until one of you cancels them. Nobody is told."
      trigger={<Button size="sm">Block</Button>}
    >
      <FormFailure error={block.error} />
      <DialogActions>
        <DialogClose className={buttonClass({})}>Not now</DialogClose>
        <Button variant="danger" pending={block.isPending} onClick={() => block.mutate({ username })}>
          Block
        </Button>
      </DialogActions>
    </Dialog>
  );
}
