import { AuthConfigProvider } from "#auth/auth-config.tsx";
import { getAuthConfig, getSession } from "#auth/session.ts";
import { MemberShell } from "#components/shell/member-shell.tsx";
import { ClockProvider } from "#lib/clock.tsx";
import { getClock } from "#lib/clock-server.ts";
import { NowProvider } from "#lib/now.tsx";
import { currentMinute } from "#lib/time.ts";
import { fetchMember } from "#member/fetch-member.ts";
import { MemberProvider } from "#member/member.tsx";
import { ZoneProvider } from "#member/zone.tsx";

export default async function MemberLayout({ children }: LayoutProps<"/">) {
  // Signed out: the page itself redirects to sign-in.
  if (!(await getSession())) return children;
  return (
    <AuthConfigProvider value={await getAuthConfig()}>
      <MemberProvider known={await fetchMember()}>
        <NowProvider serverNow={currentMinute()}>
          <ZoneProvider>
            <ClockProvider {...(await getClock())}>
              <MemberShell>{children}</MemberShell>
            </ClockProvider>
          </ZoneProvider>
        </NowProvider>
      </MemberProvider>
    </AuthConfigProvider>
  );
}
