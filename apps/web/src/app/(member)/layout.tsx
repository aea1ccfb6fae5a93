import { AuthConfigProvider } from "#auth/auth-config.tsx";
import { authConfig } from "#auth/session.ts";
import { MemberShell } from "#components/shell/member-shell.tsx";
import { ZoneProvider } from "#features/profile/zone.tsx";
import { currentMinute, NowProvider } from "#lib/now.tsx";
import { ApiProvider } from "#trpc/client.tsx";
import { HydrateClient, prefetch } from "#trpc/server.tsx";

export default async function MemberLayout({ children }: LayoutProps<"/">) {
  await prefetch(({ trpc, queryClient }) => [queryClient.fetchQuery(trpc.user.get.queryOptions({}))]);
  return (
    <AuthConfigProvider value={authConfig()}>
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
