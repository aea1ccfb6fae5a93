import * as z from "zod";

/** What Cognito asks of a password by default, in words. */
export const passwordPolicy =
  "At least 8 characters, among them a lower- and an upper-case letter, a number and a symbol";

/** A password that the user pool takes; whatever it asks beyond this it says itself. */
export const NewPassword = z
  .string()
  .min(8, "At least 8 characters")
  .max(256, "At most 256 characters")
  .regex(/[a-z]/, "Add a lower-case letter, a to z")
  .regex(/[A-Z]/, "Add an upper-case letter, A to Z")
  .regex(/\d/, "Add a number")
  .regex(/[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+\- ]/, "Add a symbol, such as - or !")
  .refine((password) => password === password.trim(), "No space at its beginning or end");

/** An e-mail address as it names an account: without spaces around it, in lower case. */
export const Email = z
  .string()
  .trim()
  .toLowerCase()
  .pipe(
    z.email({ error: (issue) => (issue.input ? "That is not an e-mail address" : "Your e-mail address") }),
  );

/** The code from an e-mail. */
export const Code = z
  .string()
  .trim()
  .regex(/^\d{6}$/, "The six digits from the e-mail");
