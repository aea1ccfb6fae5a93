/** A Stryker plugin that ignores messages for people: tests need not check them. */
import type { Ignorer } from "@stryker-mutator/api/ignore";
import { declareValuePlugin, PluginKind } from "@stryker-mutator/api/plugin";

interface Path {
  readonly node: { readonly type: string };
  readonly parentPath: Path | null;
  readonly parent: { readonly callee?: { readonly name?: string; readonly type?: string } };
}

const words: Ignorer = {
  shouldIgnore(given) {
    const path = given as unknown as Path;
    const isText = path.node.type === "StringLiteral" || path.node.type === "TemplateLiteral";
    // The text itself, or a list of texts by field.
    for (let at: Path | null = path; isText && at; at = at.parentPath) {
      if (/Statement$|Function/.test(at.node.type)) return undefined;
      const { name = "", type } = (at.node as Path["parent"]).callee ?? {};
      if (type === "Super") return "Words for people";
      if (at.node.type !== "NewExpression") continue;
      if (/Error$|^(Refusal|InvalidInput|Unavailable|NotAnAccessToken)$/.test(name))
        return "Words for people";
    }
    return undefined;
  },
};

export const strykerPlugins = [declareValuePlugin(PluginKind.Ignore, "words", words)];
