import { AuthConfigProvider } from "#auth/auth-config.tsx";
import { getAuthConfig } from "#auth/session.ts";
import { PublicShell } from "#components/shell/public-shell.tsx";

export default async function AuthLayout({ children }: LayoutProps<"/">) {
  return (
    <AuthConfigProvider value={await getAuthConfig()}>
      <PublicShell>{children}</PublicShell>
    </AuthConfigProvider>
  );
}
