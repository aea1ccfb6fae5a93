/** A request of Cognito's API: the parameters that are used here. */
export interface CognitoRequest {
  readonly AccessToken?: string;
  readonly AttributeName?: string;
  readonly AuthFlow?: string;
  readonly AuthParameters?: Record<string, string>;
  readonly ClientId?: string;
  readonly Code?: string;
  readonly ClientMetadata?: Record<string, string>;
  readonly ConfirmationCode?: string;
  readonly Password?: string;
  readonly ProposedPassword?: string;
  readonly DestinationUser?: ProviderUser;
  readonly GroupName?: string;
  readonly RefreshToken?: string;
  readonly SourceUser?: ProviderUser;
  readonly Token?: string;
  readonly UserAttributes?: readonly { readonly Name: string; readonly Value?: string }[];
  readonly UserPoolId?: string;
  readonly Username?: string;
}

/** A user, named by identity provider; the pool itself is the provider `Cognito`. */
interface ProviderUser {
  readonly ProviderName?: string;
  readonly ProviderAttributeName?: string;
  readonly ProviderAttributeValue?: string;
}

/** Performs the named operation. Rejects with CognitoError if the request is wrong. */
export type Perform = (operation: string, request: CognitoRequest) => Promise<object>;

/** Usernames here are e-mail addresses, which are compared without regard to case. */
export function inLowerCase(request: CognitoRequest): CognitoRequest {
  const { Username, AuthParameters, UserAttributes } = request;
  return {
    ...request,
    ...(Username !== undefined && { Username: Username.toLowerCase() }),
    ...(AuthParameters?.["USERNAME"] !== undefined && {
      AuthParameters: { ...AuthParameters, USERNAME: AuthParameters["USERNAME"].toLowerCase() },
    }),
    ...(UserAttributes && {
      UserAttributes: UserAttributes.map((attribute) =>
        attribute.Name === "email" && attribute.Value !== undefined
          ? { ...attribute, Value: attribute.Value.toLowerCase() }
          : attribute,
      ),
    }),
  };
}
