import { access } from "node:fs/promises";
import path from "node:path";

/**
 * Finds a Chromium: the one in the npm package; if it does not run here, the system's; else Playwright's own, which must
 * be installed.
 */
export async function findChromium(): Promise<{ executablePath?: string }> {
  if (process.platform === "linux") {
    try {
      const { default: chromium } = await import("@sparticuz/chromium");
      return { executablePath: await chromium.executablePath() };
    } catch {
      // Does not run on this machine: try the next.
    }
  }
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  for (const directory of (process.env["PATH"] ?? "").split(path.delimiter)) {
    for (const name of names) {
      const executablePath = path.join(directory, name);
      if (await exists(executablePath)) return { executablePath };
    }
  }
  return {};
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
