import type { ReactNode } from "react";

/** An error of a form as a whole; screen readers announce it at once. */
export function FormError({ children }: { children: ReactNode }) {
  if (!children) return null;
  return (
    <div role="alert" className="rounded border border-danger bg-danger-tint px-4 py-3 text-danger text-sm">
      {children}
    </div>
  );
}
