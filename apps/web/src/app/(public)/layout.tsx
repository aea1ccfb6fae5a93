import { PublicShell } from "#components/shell/public-shell.tsx";

export default function PublicLayout({ children }: LayoutProps<"/">) {
  return <PublicShell>{children}</PublicShell>;
}
