// Plain JavaScript that old versions of Node can read too, so that they get a sentence and not a syntax error.
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `Kumite needs Node 22.18 or newer, and this is ${process.versions.node}. ` +
      "Install Node 24 from https://nodejs.org, or on Linux start it with `npx -y pnpm@12 dev`, which brings its own.\n",
  );
  process.exitCode = 1;
} else {
  await import("./src/cli.ts");
}
