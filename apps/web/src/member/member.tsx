"use client";

import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from "react";
import { useAuthConfig } from "#auth/auth-config.tsx";
import { loadApi } from "#trpc/load-api.ts";
import { isOwn, type MemberData, type OwnProfile } from "./member-data.ts";

type Member = Partial<MemberData> & {
  /** Why they are not there. */
  error: unknown;
  retry: () => void;
  /** After the profile was saved. */
  setProfile: (profile: OwnProfile) => void;
};

const Context = createContext<Member | undefined>(undefined);

/** Knows the signed-in member and their community: from the server, and where it could not say, from the API. */
export function MemberProvider({ known, children }: { known: MemberData | undefined; children: ReactNode }) {
  const config = useAuthConfig();
  const [found, setFound] = useState<Partial<MemberData>>(known ?? {});
  const [error, setError] = useState<unknown>();

  const retry = useCallback(() => {
    setError(undefined);
    loadApi(config)
      .then(async ({ trpc, queryClient }) => {
        const profile = await queryClient.fetchQuery(trpc.user.get.queryOptions({}));
        const community = await queryClient.fetchQuery(trpc.community.get.queryOptions());
        if (isOwn(profile)) setFound({ profile, community });
      })
      .catch(setError);
  }, [config]);

  const isUnknown = known === undefined;
  useEffect(() => {
    if (isUnknown) retry();
  }, [isUnknown, retry]);

  const setProfile = useCallback((profile: OwnProfile) => setFound((former) => ({ ...former, profile })), []);
  const member = useMemo(() => ({ ...found, error, retry, setProfile }), [found, error, retry, setProfile]);
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
