import { AuthConfigProvider } from "#auth/auth-config.tsx";
import { getAuthConfig, getSession } from "#auth/session.ts";
import { MemberShell } from "#components/shell/member-shell.tsx";
import { MemberProvider } from "#features/profile/member.tsx";
import { ZoneProvider } from "#features/profile/zone.tsx";
import { NowProvider } from "#lib/now.tsx";
import { currentMinute } from "#lib/time.ts";
import { fetchMember } from "#trpc/server.ts";

export default async function MemberLayout({ children }: LayoutProps<"/">) {
  // Nobody is signed in: the page sends them to sign in, with the way back.
  if (!(await getSession())) return children;
  return (
    <AuthConfigProvider value={await getAuthConfig()}>
      <MemberProvider known={await fetchMember()}>
        <NowProvider serverNow={currentMinute()}>
          <ZoneProvider>
            <MemberShell>{children}</MemberShell>
          </ZoneProvider>
        </NowProvider>
      </MemberProvider>
    </AuthConfigProvider>
  );
}
