"use client";

import Link from "next/link";
import { useId, useRef, useState } from "react";
import { useAuthConfig } from "#auth/auth-config.tsx";
import { signOut } from "#auth/end-session.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { notifyFailure } from "#components/ui/toast.tsx";
import { useOwnProfile } from "#features/profile/member.tsx";
import { paths } from "#lib/paths.ts";
import { ThemeSwitch } from "./theme-switch.tsx";

const item = "flex min-h-11 w-full items-center rounded px-3 text-left hover:bg-sunken";

/** Who is signed in, and what is about them. The platform's own popover: nothing to load, and Escape closes it. */
export function AccountMenu() {
  const { profile } = useOwnProfile();
  const id = useId();
  const panel = useRef<HTMLDivElement>(null);
  const name = profile?.displayName ?? "";
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        className="grid size-11 shrink-0 place-items-center rounded-full"
      >
        <Avatar name={name} size="sm" />
        <span className="sr-only">Account{name && `: ${name}`}</span>
      </button>
      <div
        id={id}
        ref={panel}
        popover="auto"
        className="fixed inset-auto top-16 right-[max(1rem,calc((100vw-68rem)/2+1rem))] w-64 rounded-lg border border-line bg-surface p-2 text-ink shadow-raised"
      >
        {profile && (
          <p className="truncate px-3 pt-2 pb-1 font-semibold">
            {profile.displayName}
            <span className="block truncate font-normal text-ink-soft text-sm">{profile.email}</span>
          </p>
        )}
        <Link href={paths.profile} className={item} onClick={() => panel.current?.hidePopover()}>
          Profile
        </Link>
        <SignOutButton />
        <div className="mt-2 flex items-center justify-between border-line border-t px-3 pt-3 pb-1">
          <span aria-hidden="true" className="text-ink-soft text-sm">
            Theme
          </span>
          <ThemeSwitch />
        </div>
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
