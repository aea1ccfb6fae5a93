const minimumLength = 8;
const maximumLength = 256;

const rules: readonly (readonly [passes: (password: string) => boolean, complaint: string])[] = [
  [(password) => password.length >= minimumLength, "Password not long enough"],
  [(password) => password.length <= maximumLength, "Password too long"],
  [(password) => /[A-Z]/.test(password), "Password must have uppercase characters"],
  [(password) => /[a-z]/.test(password), "Password must have lowercase characters"],
  [(password) => /[0-9]/.test(password), "Password must have numeric characters"],
  [
    (password) => /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+\- ]/.test(password),
    "Password must have symbol characters",
  ],
  [(password) => password === password.trim(), "Password must not start or end with a space"],
];

/** Returns why a user pool's default policy refuses a password, in Cognito's words; undefined if it accepts it. */
export function passwordComplaint(password: string): string | undefined {
  return rules.find(([passes]) => !passes(password))?.[1];
}
