import { useState } from "react";
import { useAuthConfig } from "#auth/auth-config.tsx";
import { signOutEverywhere } from "#auth/end-session.ts";
import { Button, buttonClass } from "#components/ui/button.tsx";
import { Dialog, DialogActions, DialogClose } from "#components/ui/dialog.tsx";
import { FormError } from "#components/ui/form-error.tsx";

/** Ends all sessions of the member, after a confirmation. */
export function SignOutEverywhere() {
  const config = useAuthConfig();
  const [open, setOpen] = useState(false);
  const [pending, setPending] = useState(false);
  const [failed, setFailed] = useState(false);

  async function leave() {
    setPending(true);
    setFailed(false);
    try {
      await signOutEverywhere(config);
    } catch {
      setPending(false);
      setFailed(true);
    }
  }

  return (
    <>
      <p className="text-ink-soft">Signed in on a device that you no longer have, or on someone else’s?</p>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Sign out everywhere?"
        description="This browser is signed out at once. Other devices are signed out within an hour, when their access expires."
        trigger={<Button size="sm">Sign out everywhere</Button>}
      >
        {failed && <FormError>No device was signed out. Check your connection, then try again.</FormError>}
        <DialogActions>
          <DialogClose className={buttonClass({})}>Stay signed in</DialogClose>
          <Button variant="danger" pending={pending} onClick={() => void leave()}>
            Sign out everywhere
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
