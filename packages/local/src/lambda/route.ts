import { type Route, routes } from "@kumite/api/routes";

/** The route of a path and, if the route is greedy, the rest of the path, decoded. */
export interface Match {
  readonly route: Route;
  readonly proxy: string | undefined;
}

const rest = "{proxy+}";

/**
 * Finds the route of a path as an API Gateway HTTP API does.
 * @returns undefined for the route `$default`
 */
export function matchRoute(rawPath: string): Match | undefined {
  for (const route of routes as readonly Route[]) {
    if (route.path === rawPath) return { route, proxy: undefined };
    if (!route.path.endsWith(rest)) continue;
    const prefix = route.path.slice(0, -rest.length);
    const proxy = rawPath.startsWith(prefix) ? decode(rawPath.slice(prefix.length)) : "";
    if (proxy !== "") return { route, proxy };
  }
  return undefined;
}

/** Decodes a path; returns a malformed one unchanged. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
