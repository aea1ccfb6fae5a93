// Beside the pages of members, because those have a loading state: a page below one cannot answer 404 any more.
export { default } from "../(member)/layout.tsx";
