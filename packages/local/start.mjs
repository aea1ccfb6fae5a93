// Plain JavaScript, so that old versions of Node print a sentence and not a syntax error.
const [major, minor] = process.versions.node.split(".").map(Number);
// From these versions on, Node uses the proxies in its environment; 23 never does.
const isNewEnough = major > 24 || (major === 24 && minor >= 5) || (major === 22 && minor >= 21);
if (!isNewEnough) {
  process.stderr.write(
    `Kumite needs Node 22.21, or 24.5 or newer, and this is ${process.versions.node}. ` +
      "Install Node 24 from https://nodejs.org, or on Linux start it with `npx -y pnpm@12 dev`, which brings its own.\n",
  );
  process.exitCode = 1;
} else {
  await import("./src/cli.ts");
}
