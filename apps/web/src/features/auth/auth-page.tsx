import type { ReactNode } from "react";

type AuthPageProps = {
  title: string;
  lead?: ReactNode;
  /** Links to other forms, below the form. */
  footer?: ReactNode;
  children: ReactNode;
};

/** A page with one form. */
export function AuthPage({ title, lead, footer, children }: AuthPageProps) {
  return (
    <div className="mx-auto grid w-full max-w-sm gap-8 px-4 pt-10 pb-24 sm:pt-20">
      <div className="grid gap-2">
        <h1 className="text-3xl">{title}</h1>
        {lead && <p className="text-ink-soft">{lead}</p>}
      </div>
      {children}
      {footer && <div className="grid gap-2 border-line border-t pt-6 text-ink-soft text-sm">{footer}</div>}
    </div>
  );
}
