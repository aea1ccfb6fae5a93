/** In characters. Not in the schemas, so that creating a user does not load zod. */
export const longestDisplayName = 80;
