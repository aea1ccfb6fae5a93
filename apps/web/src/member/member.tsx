"use client";

import { createContext, type ReactNode, use, useState } from "react";
import { useLazyQuery } from "#trpc/lazy-query.ts";
import { loadMember, type MemberData, type OwnProfile } from "./member-data.ts";

type Member = {
  /** Undefined until loaded. */
  profile: OwnProfile | undefined;
  /** Undefined until loaded. */
  community: MemberData["community"] | undefined;
  /** Why loading failed. */
  error: unknown;
  retry: () => void;
  /** Call it after the profile was saved. */
  setProfile: (profile: OwnProfile) => void;
};

const Context = createContext<Member | undefined>(undefined);

/**
 * Provides the signed-in member and their community: from the server or, if it could not fetch them, from the API. Nothing
 * else keeps the member's own profile.
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
    // If a refetch fails, the loaded data stays valid.
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

/** Returns the member's own profile; undefined until loaded. */
export function useOwnProfile(): Pick<Member, "profile" | "error" | "retry" | "setProfile"> {
  return useMember();
}
