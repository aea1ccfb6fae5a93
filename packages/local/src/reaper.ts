/**
 * A small process that outlives its parent by a moment: it is told of every process group the parent starts, and
 * when the parent dies without a chance to clean up (SIGKILL), it ends those that are left. Otherwise it does nothing.
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
      // Gone already.
    }
  }
  process.exit();
});
