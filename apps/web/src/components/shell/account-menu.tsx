"use client";

import { lazy, Suspense, useId, useRef, useState } from "react";
import { Avatar } from "#components/ui/avatar.tsx";
import { PlainButton } from "#components/ui/button.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { Loading } from "#components/ui/states.tsx";
import { useOwnProfile } from "#member/member.tsx";

const AccountPanel = lazy(() => import("./account-panel.tsx"));

/** The account menu. The browser's own popover: Escape closes it. */
export function AccountMenu() {
  const { profile } = useOwnProfile();
  const id = useId();
  const popover = useRef<HTMLDivElement>(null);
  const [wasOpened, setOpened] = useState(false);
  const name = profile?.displayName ?? "";
  return (
    <>
      <PlainButton popoverTarget={id} className="grid size-11 shrink-0 place-items-center rounded-full">
        <Avatar name={name} size="sm" />
        <span className="sr-only">Account{name && `: ${name}`}</span>
      </PlainButton>
      <div
        id={id}
        ref={popover}
        popover="auto"
        onBeforeToggle={() => setOpened(true)}
        className="fixed inset-auto top-16 right-[max(1rem,calc((100vw-68rem)/2+1rem))] w-64 rounded-lg border border-line bg-surface p-2 text-ink shadow-raised"
      >
        {wasOpened && (
          <Suspense
            fallback={
              <Loading>
                <Skeleton className="h-44" />
              </Loading>
            }
          >
            <AccountPanel onLeave={() => popover.current?.hidePopover()} />
          </Suspense>
        )}
      </div>
    </>
  );
}
