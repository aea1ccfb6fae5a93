/**
 * Returns the condition that an item has values from a revision older than `:revision`. Items stored before revisions
 * existed have none.
 * @param attribute the attribute that holds the revision
 */
export function isOlder(attribute: string): string {
  return `(attribute_not_exists(${attribute}) OR ${attribute} < :revision)`;
}
