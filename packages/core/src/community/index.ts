export { community } from "./community.ts";
export { getCommunity } from "./get-community.ts";
export { getSettings } from "./get-settings.ts";
export { setSettings } from "./set-settings.ts";
