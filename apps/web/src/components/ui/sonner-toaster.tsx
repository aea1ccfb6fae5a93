import { useTheme } from "next-themes";
import { useEffect } from "react";
import { Toaster } from "sonner";

/** Sonner in the app's colours; loaded by the first notice. */
export default function SonnerToaster({ onMounted }: { onMounted: () => void }) {
  const { resolvedTheme } = useTheme();
  useEffect(onMounted, [onMounted]);
  return (
    <Toaster
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      position="bottom-center"
      offset={24}
      mobileOffset={{ bottom: 80 }}
      toastOptions={{
        style: {
          background: "var(--surface)",
          color: "var(--ink)",
          border: "1px solid var(--line)",
          borderRadius: "5px",
          fontFamily: "var(--font-latin-extended), var(--font-latin), system-ui, sans-serif",
        },
      }}
    />
  );
}
