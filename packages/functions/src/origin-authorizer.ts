import { timingSafeEqual } from "node:crypto";
import type { APIGatewayRequestAuthorizerEventV2, APIGatewaySimpleAuthorizerResult } from "aws-lambda";
import { Resource } from "sst/resource";

const key = Buffer.from(Resource.OriginKey.value);

/**
 * Allows only requests that come through CloudFront, which adds the stage's origin key. So the gateway's own address is
 * closed.
 */
export async function handler(
  event: Pick<APIGatewayRequestAuthorizerEventV2, "identitySource">,
): Promise<APIGatewaySimpleAuthorizerResult> {
  const given = Buffer.from(event.identitySource[0] ?? "");
  return { isAuthorized: given.length === key.length && timingSafeEqual(given, key) };
}
