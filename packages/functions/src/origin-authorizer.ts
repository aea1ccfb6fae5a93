import { timingSafeEqual } from "node:crypto";
import type { APIGatewayRequestAuthorizerEventV2, APIGatewaySimpleAuthorizerResult } from "aws-lambda";
import { Resource } from "sst/resource";

const key = Buffer.from(Resource.OriginKey.value);

/**
 * Lets in the requests that come by way of CloudFront, which alone knows the stage's origin key: nobody reaches the
 * API around it, by the gateway's own address.
 */
export async function handler(
  event: Pick<APIGatewayRequestAuthorizerEventV2, "identitySource">,
): Promise<APIGatewaySimpleAuthorizerResult> {
  const given = Buffer.from(event.identitySource[0] ?? "");
  return { isAuthorized: given.length === key.length && timingSafeEqual(given, key) };
}
