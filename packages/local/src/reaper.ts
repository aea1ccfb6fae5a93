/**
 * A small process that briefly outlives its parent. The parent reports each process group that it starts. If the parent
 * is killed before it can clean up (SIGKILL), this process ends the groups that are left.
 */
const groups = new Set<number>();

process.on("message", ({ add, remove }: { add?: number; remove?: number }) => {
  if (add !== undefined) groups.add(add);
  if (remove !== undefined) groups.delete(remove);
});

process.on("disconnect", () => {
  for (const group of groups) {
    try {
      process.kill(-group, "SIGKILL");
    } catch {
      // Already gone.
    }
  }
  process.exit();
});
