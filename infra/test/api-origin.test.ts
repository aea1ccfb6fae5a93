import { describe, expect, inject, test } from "vitest";
import { fallback, routes } from "../../packages/api/src/routes.ts";
import { ofType, only } from "./declared.ts";
import type { Declared, Resource } from "./scenario.ts";

const { simple, personal, dev, production } = inject("stages");
const each = Object.entries({ simple, personal, dev, production });
const eachDeployed = Object.entries({ simple, personal, production });

interface Behavior {
  pathPattern?: string;
  targetOriginId: string;
  cachePolicyId: string;
  originRequestPolicyId: string;
  responseHeadersPolicyId: string;
  allowedMethods: string[];
  functionAssociations: { eventType: string; functionArn: string }[];
}

interface Distribution {
  origins: { originId: string; domainName: string; customHeaders?: { name: string; value: string }[] }[];
  defaultCacheBehavior: Behavior;
  orderedCacheBehaviors: Behavior[];
}

function distributionOf(stage: Declared): Distribution {
  return only(stage, "cloudfront.Distribution").inputs as unknown as Distribution;
}

// CloudFront's managed policies, with the ids from AWS's documentation.
const cachingDisabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
const cachingOptimized = "658327ea-f89d-4fab-a63d-7e88639e58f6";
const allViewerExceptHostHeader = "b689b0a8-53d0-40ab-baf2-68738e2966ac";
const securityHeaders = "67f7725c-6f97-4210-82d7-5512b31e9d03";

describe("the API", () => {
  test.each(each)(
    "%s: is on the web app's origin, is never cached, and gets everything that the browser sends",
    (_, stage) => {
      const { orderedCacheBehaviors, origins } = distributionOf(stage);
      expect(orderedCacheBehaviors.filter(({ pathPattern }) => pathPattern?.includes("*"))).toEqual([
        expect.objectContaining({
          pathPattern: "/api/*",
          targetOriginId: "api",
          cachePolicyId: cachingDisabled,
          originRequestPolicyId: allViewerExceptHostHeader,
          responseHeadersPolicyId: securityHeaders,
          allowedMethods: expect.arrayContaining(["GET", "POST"]),
        }),
      ]);
      const api = origins.find(({ originId }) => originId === "api");
      expect(api?.domainName).toMatch(/\.execute-api\.us-east-1\.amazonaws\.com$/);
    },
  );

  test.each(each)(
    "%s: routes with the same answer for everyone are cached by path, before the rule for the rest",
    (_, stage) => {
      const { orderedCacheBehaviors } = distributionOf(stage);
      expect(orderedCacheBehaviors.map(({ pathPattern }) => pathPattern)).toEqual([
        "/api/openapi.json",
        "/api/*",
      ]);
      expect(orderedCacheBehaviors[0]).toMatchObject({
        targetOriginId: "api",
        cachePolicyId: cachingOptimized,
        responseHeadersPolicyId: securityHeaders,
        compress: true,
      });
      // Neither a token nor a cookie reaches a cached route.
      expect(orderedCacheBehaviors[0]).not.toHaveProperty("originRequestPolicyId");
    },
  );

  test.each(each)(
    "%s: gets the viewer's address and the host from CloudFront, not from what the viewer claims",
    (_, stage) => {
      const edge = only(stage, "cloudfront.Function", "ApiRequest");
      for (const { functionAssociations } of distributionOf(stage).orderedCacheBehaviors) {
        expect(functionAssociations).toEqual([
          { eventType: "viewer-request", functionArn: expect.stringMatching(/ApiRequest/) },
        ]);
      }
      const handler = new Function(`${edge.inputs["code"]}; return handler;`)() as (event: object) => object;
      const [host, accept] = [{ value: "kumite.example" }, { value: "*/*" }];
      const headers = {
        host,
        accept,
        "x-viewer-address": { value: "6.6.6.6" },
        "x-forwarded-host": { value: "evil.example" },
        "content-length": { value: String(1024 * 1024) },
      };
      expect(handler({ viewer: { ip: "192.0.2.1" }, request: { uri: "/", headers } })).toEqual({
        uri: "/",
        headers: {
          ...headers,
          "x-viewer-address": { value: "192.0.2.1" },
          "x-forwarded-host": host,
        },
      });
      // Pages pass it on when they call the API.
      const pages = only(stage, "cloudfront.Function", "RouterCloudfrontFunctionRequest");
      expect(pages.inputs["code"]).toContain(
        'event.request.headers["x-viewer-address"] = { value: event.viewer.ip };',
      );
    },
  );

  test.each(each)("%s: CloudFront refuses a body that is too large, in the API's error shape", (_, stage) => {
    const { inputs } = only(stage, "cloudfront.Function", "ApiRequest");
    const handler = new Function(`${inputs["code"]}; return handler;`)() as (event: object) => {
      statusCode: number;
      headers: object;
      body: string;
    };
    const headers = { host: { value: "kumite.example" }, "content-length": { value: "1048577" } };
    const answer = handler({ context: { requestId: "edge" }, viewer: {}, request: { headers } });
    expect(answer).toMatchObject({
      statusCode: 413,
      headers: { "content-type": { value: "application/json" } },
    });
    expect(JSON.parse(answer.body)).toEqual({
      error: {
        message: expect.any(String),
        code: -32013,
        data: { code: "PAYLOAD_TOO_LARGE", httpStatus: 413, requestId: "edge" },
      },
    });
  });

  test.each(each)(
    "%s: each route has its entry point, other paths go to the fallback, and there is no CORS",
    (_, stage) => {
      expect(entryPointsOf(stage)).toEqual({
        $default: fallback,
        ...Object.fromEntries(routes.map(({ path, entryPoint }) => [`ANY ${path}`, entryPoint])),
      });
      for (const { inputs } of ofType(stage, "apigatewayv2.Integration")) {
        expect(inputs["payloadFormatVersion"]).toBe("2.0");
      }
      expect(only(stage, "apigatewayv2.Api").inputs["corsConfiguration"]).toEqual({});
    },
  );

  test.each(each)("%s: the gateway's own address refuses requests", (_, stage) => {
    for (const { inputs } of ofType(stage, "apigatewayv2.Route")) {
      expect(inputs).toMatchObject({
        authorizationType: "CUSTOM",
        authorizerId: "GatewayAuthorizerOriginAuthorizer-id",
      });
    }
    expect(only(stage, "apigatewayv2.Authorizer").inputs).toMatchObject({
      authorizerType: "REQUEST",
      identitySources: ["$request.header.x-origin-key"],
      enableSimpleResponses: true,
      authorizerResultTtlInSeconds: 3600,
      authorizerUri: expect.stringContaining("-OriginAuthorizerFunction-"),
    });
    const key = stage.builds.find(({ functionID }) => functionID === "OriginAuthorizer")?.links[
      "OriginKey"
    ]?.["value"];
    expect(key).toBeTruthy();
    expect(distributionOf(stage).origins.find(({ originId }) => originId === "api")?.customHeaders).toEqual([
      { name: "x-origin-key", value: key },
    ]);
  });
});

describe("pages", () => {
  test.each(each)("%s: only requests with the same cookies share an answer", (_, stage) => {
    const { defaultCacheBehavior } = distributionOf(stage);
    const policy = only(stage, "cloudfront.CachePolicy");
    expect(defaultCacheBehavior).toMatchObject({
      cachePolicyId: `${policy.name}-id`,
      originRequestPolicyId: allViewerExceptHostHeader,
      responseHeadersPolicyId: securityHeaders,
    });
    expect(policy.inputs).toMatchObject({
      defaultTtl: 0,
      minTtl: 0,
      parametersInCacheKeyAndForwardedToOrigin: {
        cookiesConfig: { cookieBehavior: "all" },
        queryStringsConfig: { queryStringBehavior: "all" },
      },
    });
  });

  test.each(eachDeployed)("%s: their functions answer only CloudFront", (_, stage) => {
    const urls = ofType(stage, "lambda.FunctionUrl");
    expect(urls.map(({ name }) => name).sort()).toEqual(["WebImageOptimizerUrl", "WebServerUseast1Url"]);
    for (const { inputs } of urls) {
      expect(inputs["authorizationType"]).toBe("AWS_IAM");
      expect(inputs).not.toHaveProperty("cors");
    }
    for (const { name, inputs } of ofType(stage, "lambda.Permission")) {
      expect(inputs["principal"], name).not.toBe("*");
      expect(inputs["sourceArn"], name).toBeTruthy();
    }
  });
});

/** The entry point of packages/functions that answers each route, by the route's key. */
function entryPointsOf(stage: Declared): Record<string, string | undefined> {
  const handlers = new Map(stage.builds.map(({ functionID, handler }) => [functionID, handler]));
  const answering = ({ parent, inputs }: Resource) => {
    const integration = ofType(stage, "apigatewayv2.Integration").find((other) => other.parent === parent);
    expect(inputs["target"]).toBe(`integrations/${integration?.name}-id`);
    const [, name = ""] = /-(\w+)Function-\w+$/.exec(String(integration?.inputs["integrationUri"])) ?? [];
    return handlers.get(name)?.replace(/^packages\/functions\/src\/(.*)\.handler$/, "$1");
  };
  return Object.fromEntries(
    ofType(stage, "apigatewayv2.Route").map((route) => [String(route.inputs["routeKey"]), answering(route)]),
  );
}
