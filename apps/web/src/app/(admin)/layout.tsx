// Not below `(member)`: that has a loading state, and once it is sent a page cannot respond with 404.
export { default } from "../(member)/layout.tsx";
