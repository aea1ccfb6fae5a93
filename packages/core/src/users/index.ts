export { blockUser, listBlocked, unblockUser } from "./block-user.ts";
export { createUser } from "./create-user.ts";
export { getUser } from "./get-user.ts";
export { setUser } from "./set-user.ts";
