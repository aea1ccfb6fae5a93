export { deleteUser } from "./delete-user.ts";
export { exportUser } from "./export-user.ts";
export { finishDeletion } from "./finish-deletion.ts";
export { followSignIn, refreshEmail } from "./follow-sign-in.ts";
export type { SignIn, SignIns } from "./sign-ins.ts";
