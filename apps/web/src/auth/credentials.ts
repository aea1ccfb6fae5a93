import * as z from "zod/mini";

/** What Cognito asks of a password by default, in words. */
export const passwordPolicy =
  "At least 8 characters, among them a lower- and an upper-case letter, a number and a symbol";

/** A password that the user pool takes; whatever it asks beyond this it says itself. */
export const NewPassword = z.string().check(
  z.minLength(8, "At least 8 characters"),
  z.maxLength(256, "At most 256 characters"),
  z.regex(/[a-z]/, "Add a lower-case letter, a to z"),
  z.regex(/[A-Z]/, "Add an upper-case letter, A to Z"),
  z.regex(/\d/, "Add a number"),
  z.regex(/[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+\- ]/, "Add a symbol, such as - or !"),
  z.refine((password) => password === password.trim(), "No space at its beginning or end"),
);

/** An e-mail address as it names an account: without spaces around it, in lower case. */
export const Email = z.pipe(
  z.string().check(z.trim(), z.toLowerCase()),
  z.email({ error: (issue) => (issue.input ? "That is not an e-mail address" : "Your e-mail address") }),
);

/** The code from an e-mail. */
export const Code = z.string().check(z.trim(), z.regex(/^\d{6}$/, "The six digits from the e-mail"));
