// zod/mini brings no messages of its own.
import { config } from "zod/mini";
import en from "zod/v4/locales/en.js";

config(en());
