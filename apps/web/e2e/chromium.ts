import { access } from "node:fs/promises";
import path from "node:path";

/**
 * The Chromium that ships inside an npm package; where it does not run, one of the system's; else Playwright's own,
 * which somebody must have installed.
 */
export async function findChromium(): Promise<{ executablePath?: string }> {
  if (process.platform === "linux") {
    try {
      const { default: chromium } = await import("@sparticuz/chromium");
      return { executablePath: await chromium.executablePath() };
    } catch {
      // Not for this machine: go on looking.
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
