"use client";

import { lazy, Suspense, useEffect, useState } from "react";

const SonnerToaster = lazy(() => import("./sonner-toaster.tsx"));

// Sonner's 10 kB are loaded when there is something to say, and a notice waits until its place is on the page.
const mounted = Promise.withResolvers<void>();
let mount = () => {};

async function show(kind: "success" | "error", message: string, description?: string): Promise<void> {
  mount();
  const [{ toast }] = await Promise.all([import("sonner"), mounted.promise]);
  toast[kind](message, { description });
}

/** Says in passing that something was done. */
export function notify(message: string, detail?: string): void {
  void show("success", message, detail);
}

/** Says in passing that something was not done. What belongs to a field or a page is shown there instead. */
export function notifyFailure(message: string, detail?: string): void {
  void show("error", message, detail);
}

/** Where notices appear; once, in the root layout. */
export function Toaster() {
  const [wanted, setWanted] = useState(false);
  useEffect(() => {
    mount = () => setWanted(true);
  }, []);
  return <Suspense>{wanted && <SonnerToaster onMounted={mounted.resolve} />}</Suspense>;
}
