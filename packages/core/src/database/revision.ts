/**
 * The condition that what an item has is from an older revision than `:revision`. Items that were stored before revisions
 * existed have none.
 * @param attribute that holds the revision
 */
export function isOlder(attribute: string): string {
  return `(attribute_not_exists(${attribute}) OR ${attribute} < :revision)`;
}
