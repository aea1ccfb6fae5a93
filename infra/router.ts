import { apiPrefix, type Route, routes, trpcPath } from "../packages/api/src/routes.ts";
import { settings } from "./stage.ts";

/** The API's own door. It has no CORS: browsers reach it by the router, on the web app's origin. */
export const gateway = new sst.aws.ApiGatewayV2("Gateway", {
  cors: false,
  accessLog: { retention: "1 month" },
});

/** What the router says of itself to the gateway, which turns everybody else away. */
export const originKeyHeader = "x-origin-key";
const originKeyBytes = new random.RandomBytes("OriginKeyBytes", { length: 32 });
export const originKey = new sst.Linkable("OriginKey", { properties: { value: originKeyBytes.hex } });

// CloudFront's own policies: cache nothing; cache by the path alone, compressed, and forward nothing else; forward headers
// (Authorization among them), cookies and query, but Host, by which API Gateway knows its APIs; answer with HSTS and its like
// where the origin says nothing.
const cachingDisabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
const cachingOptimized = "658327ea-f89d-4fab-a63d-7e88639e58f6";
const allViewerExceptHostHeader = "b689b0a8-53d0-40ab-baf2-68738e2966ac";
const securityHeaders = "67f7725c-6f97-4210-82d7-5512b31e9d03";

// Whom a request comes from, instead of what it claims: the API counts calls by it.
const setViewerAddress = `event.request.headers["x-viewer-address"] = { value: event.viewer.ip };`;

/**
 * What the API gets to see: the address by which the browser called, for its check of `Origin`; and no body that the gateway
 * would turn away by itself, in a shape that clients of the API do not know. The function refuses shorter ones; those of up to
 * 1 MB reach it whatever they hold, because the 6 MB that Lambda takes leave room for escaping every character.
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
 * The one origin of a stage: CloudFront sends `/api/*` to the gateway and all else to the web app.
 *
 * Pages are only ever read, so CloudFront can sign what it asks of them (OAC), and their function answers nobody else.
 * The API could not be guarded so: the signature takes the place of the Authorization header, and needs the hash of
 * every body from the client.
 */
export const router = new sst.aws.Router("Router", {
  ...(settings.domain && { domain: settings.domain }),
  protection: "oac",
  edge: { viewerRequest: { injection: setViewerAddress } },
  transform: {
    cachePolicy(args) {
      // Requests at the same moment for the same key share one answer, even where nothing is cached: a page that is
      // rendered for a member must be keyed by the session. Files lose their cookies before they are looked up.
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

/** Where the API is reached, from browsers and from the web app's server alike. */
export const apiUrl = $interpolate`${router.url}${trpcPath}`;
