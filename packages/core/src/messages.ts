// zod/mini has no built-in messages.
import { config } from "zod/mini";
import en from "zod/v4/locales/en.js";

config(en());
