import type { RouterOutputs } from "@kumite/api";
import type { ReactNode } from "react";
import { BlockedMembers } from "./blocked-members.tsx";
import { ChangeEmail } from "./change-email.tsx";
import { DeleteAccount } from "./delete-account.tsx";
import { DownloadData } from "./download-data.tsx";
import { SignOutEverywhere } from "./sign-out-everywhere.tsx";

/** Settings of the account that others do not see. */
export function AccountSettings({ profile }: { profile: RouterOutputs["user"]["set"] }) {
  return (
    <div className="mt-12 grid max-w-xl gap-10 border-line border-t pt-8">
      <Section title="E-mail">
        <ChangeEmail profile={profile} />
      </Section>
      <Section title="Blocked members">
        <BlockedMembers />
      </Section>
      <Section title="Other devices">
        <SignOutEverywhere />
      </Section>
      <Section title="Your data">
        <DownloadData />
      </Section>
      <Section title="Delete my account">
        <DeleteAccount name={profile.displayName} />
      </Section>
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="grid justify-items-start gap-3">
      <h2 className="text-xl">{title}</h2>
      {children}
    </section>
  );
}
