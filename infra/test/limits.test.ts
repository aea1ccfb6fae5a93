import { describe, expect, inject, test } from "vitest";
import { defaultLimits } from "../../packages/api/src/limits/limits.ts";
import { ofType, only } from "./declared.ts";
import type { Declared } from "./scenario.ts";

const { simple, personal, dev, production, withBadLimits, withBadSwitch, withFirewall } = inject("stages");
const eachDeployed = Object.entries({ simple, personal, production });

describe("limits", () => {
  const limits = ({ builds }: Declared) =>
    JSON.parse(builds.find(({ functionID }) => functionID === "Trpc")?.links["Limits"]?.["json"] ?? "");

  test("are the defaults, with the changes that the stage sets", () => {
    expect(limits(simple)).toEqual(defaultLimits);
    expect(limits(production)).toEqual({ ...defaultLimits, book: { ...defaultLimits.book, person: 12 } });
  });

  test("that are not valid are reported before anything is created", () => {
    expect(withBadLimits.error).toMatch(/^KUMITE_LIMITS is not valid\. .*"booking" is not one of/);
    expect(withBadLimits.resources).toEqual([]);
  });

  test.each(eachDeployed)("%s: only its own web server and the API have the prefetch key", (_, stage) => {
    const linked = stage.builds.filter(({ links }) => links["PrefetchKey"]);
    expect(linked.map(({ functionID }) => functionID)).toEqual(["Trpc"]);
    const key = String(linked[0]?.links["PrefetchKey"]?.["value"]);
    const holders = ofType(stage, "lambda.Function").filter(({ inputs }) =>
      JSON.stringify(inputs["environment"] ?? {}).includes(key),
    );
    expect(holders.map(({ name }) => name).sort()).toEqual(["WebServerUseast1Function"]);
  });

  test("production limits sign-ins by address, other stages do if an operator sets it", () => {
    const firewall = only(production, "wafv2.WebAcl");
    expect(firewall.inputs).toMatchObject({
      scope: "REGIONAL",
      defaultAction: { allow: {} },
      rules: [
        {
          action: { block: {} },
          statement: { rateBasedStatement: { aggregateKeyType: "IP", limit: 300, evaluationWindowSec: 300 } },
        },
      ],
    });
    expect(only(production, "wafv2.WebAclAssociation").inputs).toEqual({
      resourceArn: expect.stringMatching(/:UserPoolUserPool$/),
      webAclArn: expect.stringMatching(/:SignInFirewall$/),
    });
    for (const stage of [simple, personal, dev]) expect(ofType(stage, "wafv2.WebAcl")).toEqual([]);
    expect(ofType(withFirewall, "wafv2.WebAcl")).toHaveLength(1);
    expect(withBadSwitch.error).toBe("KUMITE_SIGN_IN_FIREWALL must be on or off.");
  });
});
