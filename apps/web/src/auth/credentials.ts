import * as z from "zod/mini";

/** Cognito's default password policy, in words. */
export const passwordPolicy =
  "At least 8 characters, with a lower-case and an upper-case letter, a number and a symbol";

/** A password that the default policy allows; Cognito reports what a stricter policy refuses. */
export const NewPassword = z.string().check(
  z.minLength(8, "At least 8 characters"),
  z.maxLength(256, "At most 256 characters"),
  z.regex(/[a-z]/, "Add a lower-case letter, a to z"),
  z.regex(/[A-Z]/, "Add an upper-case letter, A to Z"),
  z.regex(/\d/, "Add a number"),
  z.regex(/[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+\- ]/, "Add a symbol, such as - or !"),
  z.refine((password) => password === password.trim(), "No space at the beginning or end"),
);

/** An e-mail address in the form that identifies an account: trimmed and in lower case. */
export const Email = z.pipe(
  z.string().check(z.trim(), z.toLowerCase()),
  z.email({
    error: (issue) => (issue.input ? "That is not an e-mail address" : "Enter your e-mail address"),
  }),
);

/** The code from an e-mail. */
export const Code = z.string().check(z.trim(), z.regex(/^\d{6}$/, "Enter the six digits from the e-mail"));
