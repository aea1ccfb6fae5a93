/** In characters. Apart from the schemas, so that creating a user needs no zod. */
export const longestDisplayName = 80;
