import { AuthConfigProvider } from "#auth/auth-config.tsx";
import { getAuthConfig, getSession } from "#auth/session.ts";
import { MemberShell } from "#components/shell/member-shell.tsx";
import { ZoneProvider } from "#features/profile/zone.tsx";
import { NowProvider } from "#lib/now.tsx";
import { currentMinute } from "#lib/time.ts";
import { ApiProvider } from "#trpc/client.tsx";
import { HydrateClient, prefetch } from "#trpc/server.tsx";

export default async function MemberLayout({ children }: LayoutProps<"/">) {
  // Nobody is signed in: the page sends them to sign in, with the way back.
  if (!(await getSession())) return children;
  await prefetch(({ trpc, queryClient }) => [queryClient.fetchQuery(trpc.user.get.queryOptions({}))]);
  return (
    <AuthConfigProvider value={await getAuthConfig()}>
      <ApiProvider>
        <HydrateClient>
          <NowProvider serverNow={currentMinute()}>
            <ZoneProvider>
              <MemberShell>{children}</MemberShell>
            </ZoneProvider>
          </NowProvider>
        </HydrateClient>
      </ApiProvider>
    </AuthConfigProvider>
  );
}
