import { CognitoError } from "cognito-local/lib/errors.js";

export const notAuthorized = (words: string) => new CognitoError("NotAuthorizedException", words);
export const isCognitoError = (error: unknown, code: string) =>
  error instanceof CognitoError && error.code === code;
export const invalidParameter = (words: string) => new CognitoError("InvalidParameterException", words);
