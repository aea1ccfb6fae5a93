import { icon } from "./icon.tsx";

export const Moon = icon(
  "M20.99 12.49a9 9 0 1 1-9.48-9.48c.41-.02.62.46.4.81a6 6 0 0 0 8.27 8.26c.35-.21.83 0 .81.41",
);
