import { useState } from "react";
import { useAuthConfig } from "#auth/auth-config.tsx";
import { signOut } from "#auth/end-session.ts";
import { Link } from "#components/ui/link.tsx";
import { notifyFailure } from "#components/ui/toast.tsx";
import { paths } from "#lib/paths.ts";
import { useOwnProfile } from "#member/member.tsx";
import { ThemeSwitch } from "./theme-switch.tsx";

const item = "flex min-h-11 w-full items-center rounded px-3 text-left hover:bg-sunken";

/** The content of the account menu, loaded when the menu first opens. */
export default function AccountPanel({ onLeave }: { onLeave: () => void }) {
  const { profile } = useOwnProfile();
  return (
    <>
      {profile && (
        <p className="truncate px-3 pt-2 pb-1 font-semibold">
          {profile.displayName}
          <span className="block truncate font-normal text-ink-soft text-sm">{profile.email}</span>
        </p>
      )}
      <Link href={paths.profile} className={item} onClick={onLeave}>
        Profile
      </Link>
      {profile?.isAdmin && (
        <Link href="/admin" className={item} onClick={onLeave}>
          Community
        </Link>
      )}
      <SignOutButton />
      <div className="mt-2 flex items-center justify-between border-line border-t px-3 pt-3 pb-1">
        <span aria-hidden="true" className="text-ink-soft text-sm">
          Theme
        </span>
        <ThemeSwitch />
      </div>
    </>
  );
}

function SignOutButton() {
  const config = useAuthConfig();
  const [pending, setPending] = useState(false);

  async function leave() {
    setPending(true);
    try {
      await signOut(config);
    } catch {
      setPending(false);
      notifyFailure("You are still signed in", "Signing out did not work. Try again.");
    }
  }
  return (
    <button type="button" className={item} disabled={pending} onClick={() => void leave()}>
      {pending ? "Signing out…" : "Sign out"}
    </button>
  );
}
