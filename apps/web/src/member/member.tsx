"use client";

import { createContext, type ReactNode, use, useState } from "react";
import { useLazyQuery } from "#trpc/lazy-query.ts";
import { loadMember, type MemberData, type OwnProfile } from "./member-data.ts";

type Member = {
  /** Undefined until it is there. */
  profile: OwnProfile | undefined;
  /** Undefined until it is there. */
  community: MemberData["community"] | undefined;
  /** Why they are not there. */
  error: unknown;
  retry: () => void;
  /** After the profile was saved. */
  setProfile: (profile: OwnProfile) => void;
};

const Context = createContext<Member | undefined>(undefined);

/**
 * Knows the signed-in member and their community: from the server, and where it could not say, from the API. No other place keeps
 * the member's own profile.
 */
export function MemberProvider({ known, children }: { known: MemberData | undefined; children: ReactNode }) {
  const { result, error, retry } = useLazyQuery(
    {
      key: "member",
      observe: (api) =>
        new api.QueryObserver(api.queryClient, { queryKey: ["member"], queryFn: () => loadMember(api) }),
    },
    known === undefined,
  );
  const [saved, setProfile] = useState<OwnProfile>();
  const found = known ?? result?.data;
  const member = {
    profile: saved ?? found?.profile,
    community: found?.community,
    // What is there stays good where it cannot be asked for again.
    error: found ? undefined : error,
    retry,
    setProfile,
  };
  return <Context value={member}>{children}</Context>;
}

export function useMember(): Member {
  const member = use(Context);
  if (!member) throw new Error("useMember needs a MemberProvider above");
  return member;
}

/** The member's own profile; undefined until it is there. */
export function useOwnProfile(): Pick<Member, "profile" | "error" | "retry" | "setProfile"> {
  return useMember();
}
