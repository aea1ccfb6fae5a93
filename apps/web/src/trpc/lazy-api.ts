/** What `loadApi` loads. */
export { InfiniteQueryObserver, QueryObserver } from "@tanstack/react-query";
export { getApi } from "./api.ts";
