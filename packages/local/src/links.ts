/** The environment in which SST's `Resource` finds these links. */
export function linkEnvironment(links: Readonly<Record<string, object>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(links).map(([name, link]) => [`SST_RESOURCE_${name}`, JSON.stringify(link)]),
  );
}
