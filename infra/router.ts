import { apiPrefix, type Route, routes, trpcPath } from "../packages/api/src/routes.ts";
import { settings } from "./stage.ts";

/** The API's gateway. It has no CORS: browsers reach it through the router, on the web app's origin. */
export const gateway = new sst.aws.ApiGatewayV2("Gateway", {
  cors: false,
  accessLog: { retention: "1 month" },
});

/** The router sends this header with a key. The gateway rejects requests without it. */
export const originKeyHeader = "x-origin-key";
const originKeyBytes = new random.RandomBytes("OriginKeyBytes", { length: 32 });
export const originKey = new sst.Linkable("OriginKey", { properties: { value: originKeyBytes.hex } });

// CloudFront's managed policies, in this order: cache nothing; cache by the path alone, compressed, and forward nothing
// else; forward all headers (Authorization included), cookies and the query, except Host, which API Gateway needs for
// itself; add HSTS and similar headers if the origin has not set them.
const cachingDisabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
const cachingOptimized = "658327ea-f89d-4fab-a63d-7e88639e58f6";
const allViewerExceptHostHeader = "b689b0a8-53d0-40ab-baf2-68738e2966ac";
const securityHeaders = "67f7725c-6f97-4210-82d7-5512b31e9d03";

// Overwrites what the client claims: the API counts calls by this address.
const setViewerAddress = `event.request.headers["x-viewer-address"] = { value: event.viewer.ip };`;

/**
 * Prepares requests for the API: adds the host that the browser called, for the API's check of `Origin`, and refuses
 * bodies over 1 MB in the API's own error shape. Shorter bodies always reach the function, which has a lower limit:
 * Lambda's limit of 6 MB leaves room for escaping every character. The gateway would refuse in its own shape, which
 * clients do not know.
 */
const apiRequest = new aws.cloudfront.Function("ApiRequest", {
  runtime: "cloudfront-js-2.0",
  code: `
function handler(event) {
  var headers = event.request.headers;
  if (headers["content-length"] && Number(headers["content-length"].value) > ${1024 * 1024}) {
    var data = { code: "PAYLOAD_TOO_LARGE", httpStatus: 413, requestId: event.context.requestId };
    var error = { message: "This is more than can be sent at once.", code: -32013, data: data };
    return {
      statusCode: 413,
      statusDescription: "Content Too Large",
      headers: { "content-type": { value: "application/json" }, "cache-control": { value: "no-store" } },
      body: JSON.stringify({ error: error }),
    };
  }
  headers["x-forwarded-host"] = { value: headers.host.value };
  ${setViewerAddress}
  return event.request;
}`,
});

const apiBehavior = {
  targetOriginId: "api",
  viewerProtocolPolicy: "https-only",
  allowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"],
  cachedMethods: ["GET", "HEAD"],
  responseHeadersPolicyId: securityHeaders,
  functionAssociations: [{ eventType: "viewer-request", functionArn: apiRequest.arn }],
};

const cachedRoutes = (routes as readonly Route[]).filter(({ cachedFor }) => cachedFor === "everybody");

/**
 * The one origin of a stage: CloudFront sends `/api/*` to the gateway and everything else to the web app.
 *
 * Pages only have GET requests, so CloudFront can sign them (OAC), and the web function refuses unsigned requests. This
 * does not work for the API: the signature replaces the Authorization header, and the client would have to send a hash
 * of every body.
 */
export const router = new sst.aws.Router("Router", {
  ...(settings.domain && { domain: settings.domain }),
  protection: "oac",
  edge: { viewerRequest: { injection: setViewerAddress } },
  transform: {
    cachePolicy(args) {
      // Simultaneous requests with the same key share one answer, even if nothing is cached. So the key of a page must
      // contain the session's cookies. Requests for files lose their cookies before the look-up.
      args.parametersInCacheKeyAndForwardedToOrigin = $output(
        args.parametersInCacheKeyAndForwardedToOrigin,
      ).apply((parameters) => ({ ...parameters, cookiesConfig: { cookieBehavior: "all" } }));
    },
    cdn(args) {
      args.origins = $output(args.origins).apply((origins) => [
        ...origins,
        {
          originId: "api",
          domainName: gateway.url.apply((url) => new URL(url).host),
          customHeaders: [{ name: originKeyHeader, value: originKeyBytes.hex }],
          customOriginConfig: {
            httpPort: 80,
            httpsPort: 443,
            originProtocolPolicy: "https-only",
            originReadTimeout: 30,
            originSslProtocols: ["TLSv1.2"],
          },
        },
      ]);
      args.orderedCacheBehaviors = [
        ...cachedRoutes.map(({ path }) => ({
          ...apiBehavior,
          pathPattern: path,
          cachePolicyId: cachingOptimized,
          compress: true,
        })),
        {
          ...apiBehavior,
          pathPattern: `${apiPrefix}*`,
          cachePolicyId: cachingDisabled,
          originRequestPolicyId: allViewerExceptHostHeader,
        },
      ];
      args.defaultCacheBehavior = $output(args.defaultCacheBehavior).apply((behavior) => ({
        ...behavior,
        responseHeadersPolicyId: securityHeaders,
      }));
    },
  },
});

/** The API's address, for browsers and for the web app's server. */
export const apiUrl = $interpolate`${router.url}${trpcPath}`;
