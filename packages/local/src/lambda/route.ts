/** Where API Gateway has the API: everything below goes to the `trpc` function. */
export const apiRoute = "/api/trpc/{proxy+}";

/** What the paths of the API begin with. */
export const apiPrefix = "/api/trpc";
