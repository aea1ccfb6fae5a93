/** Finds links, paths and commands in the repository's documents that do not exist. */
import path from "node:path";
import GithubSlugger from "github-slugger";
import { lexer, type Token, type Tokens } from "marked";

/** What the repository has, for documents to refer to. */
export interface Repository {
  /** Every file, by its path from the root with forward slashes. */
  readonly files: readonly string[];
  /** The scripts of each package of the workspace. The root's are under its own name and under "". */
  readonly scripts: ReadonlyMap<string, ReadonlySet<string>>;
  /** Programs that `npx` and `pnpm` start without the registry. */
  readonly binaries: ReadonlySet<string>;
  /** The projects of vitest.config.ts. */
  readonly projects: ReadonlySet<string>;
  /** Whether git ignores a path. Such files are made at run time. */
  readonly isIgnored: (path: string) => boolean;
}

export interface Problem {
  /** The line in the document, from 1. */
  readonly line: number;
  readonly message: string;
}

interface Document {
  readonly links: readonly Located[];
  readonly spans: readonly Located[];
  readonly blocks: readonly (Located & { readonly language: string })[];
  readonly anchors: ReadonlySet<string>;
}

interface Located {
  readonly line: number;
  readonly text: string;
}

/** pnpm's own commands. */
const pnpmCommands = new Set(["add", "approve", "exec", "i", "install", "pack", "publish", "update"]);
const shells = new Set(["sh", "bash", "console", "shell"]);
const starters = /^(?:npx|pnpm|node|vitest|turbo|\.ci\/run)(?:\s|$)/;
const extensions = /\w\.(?:css|json|md|mjs|sh|ts|tsx|ya?ml)$/;

/** The links, inline code, code blocks and anchors of a Markdown text, each with its line. */
export function readDocument(text: string): Document {
  const links: Located[] = [];
  const spans: Located[] = [];
  const blocks: (Located & { language: string })[] = [];
  const anchors = new Set<string>();
  const slugger = new GithubSlugger();
  let line = 1;
  for (const block of lexer(text)) {
    // The last token's position in the block: the next one comes after it.
    let offset = 0;
    const lineOf = (token: Token) => {
      const found = block.raw.indexOf(token.raw, offset);
      if (found >= 0) offset = found;
      return line + countLines(block.raw.slice(0, offset));
    };
    for (const token of flatten([block])) {
      if (token.type === "code") {
        blocks.push({ line: lineOf(token), text: token.text, language: token.lang ?? "" });
      } else if (token.type === "codespan") {
        spans.push({ line: lineOf(token), text: token.text });
      } else if (token.type === "link" || token.type === "image") {
        links.push({ line: lineOf(token), text: token.href });
      } else if (token.type === "heading") {
        anchors.add(slugger.slug(plainText(token.tokens ?? [])));
      }
    }
    line += countLines(block.raw);
  }
  return { links, spans, blocks, anchors };
}

/**
 * Finds links, paths and commands of a document that the repository does not have.
 *
 * @param file the document's path from the root
 * @param read returns the text of another document, for its anchors
 */
export function checkDocument(
  file: string,
  text: string,
  repository: Repository,
  read: (file: string) => string,
): Problem[] {
  const document = readDocument(text);
  const problems: Problem[] = [];
  const directory = path.posix.dirname(file);
  const ownFiles = document.blocks.map((block) => block.text).join("\n");

  for (const { line, text: href } of document.links) {
    const message = checkLink(href, file, document, repository, read);
    if (message !== undefined) problems.push({ line, message });
  }
  for (const { line, text: span } of document.spans) {
    const found = starters.test(span)
      ? checkCommand(span, repository)
      : // A file that the page's own commands write.
        extensions.test(span) && ownFiles.includes(span)
        ? undefined
        : checkPath(span, directory, repository);
    if (found !== undefined) problems.push({ line, message: found });
  }
  for (const block of document.blocks) {
    for (const [index, content] of block.text.split("\n").entries()) {
      const line = block.line + 1 + index;
      const messages = shells.has(block.language)
        ? content
            .split(/&&|\||;/)
            .map((command) => command.trim())
            .filter((command) => starters.test(command))
            .map((command) => checkCommand(command, repository))
        : block.language === ""
          ? leadingFolders(content).map((folder) => checkPath(folder, ".", repository))
          : [];
      for (const message of messages) if (message !== undefined) problems.push({ line, message });
    }
  }
  return problems;
}

function checkLink(
  href: string,
  file: string,
  document: Document,
  repository: Repository,
  read: (file: string) => string,
): string | undefined {
  if (/^[a-z][a-z+.-]*:/i.test(href)) return undefined;
  const [target = "", anchor] = decodeURI(href).split("#");
  const linked = target === "" ? file : path.posix.join(path.posix.dirname(file), target);
  if (!exists(linked, repository)) return `links to ${href}, and there is no ${linked}`;
  if (anchor === undefined) return undefined;
  const { anchors } = target === "" ? document : readDocument(read(linked));
  return anchors.has(anchor) ? undefined : `links to ${href}, and ${linked} has no such heading`;
}

/** Returns which part of a command does not exist. Ignores placeholders and programs from the registry. */
export function checkCommand(command: string, repository: Repository): string | undefined {
  const [program = "", ...rest] = command.split(/\s+/);
  if (command.includes("$(")) return undefined;
  if (program === "npx" && /^-y$|^--yes$/.test(rest[0] ?? "")) {
    return /^pnpm@/.test(rest[1] ?? "") ? checkPnpm(rest.slice(2), command, repository) : undefined;
  }
  if (program === "npx") return checkBinary(rest, command, repository);
  if (program === "pnpm") return checkPnpm(rest, command, repository);
  if (program === "vitest" || program === "turbo")
    return checkBinary([program, ...rest], command, repository);
  const script = program === "node" ? rest.find((word) => !word.startsWith("-")) : program;
  if (script === undefined || exists(script, repository)) return undefined;
  return `\`${command}\`: there is no ${script}`;
}

function checkPnpm(words: string[], command: string, repository: Repository): string | undefined {
  let scripts = repository.scripts.get("") ?? new Set();
  let [name, ...args] = words;
  if (name === "--filter" || name === "-F") {
    const [of = "", next, ...others] = args;
    const found = repository.scripts.get(of);
    if (!found) return `\`${command}\`: there is no package ${of}`;
    scripts = found;
    [name, args] = [next, others];
  }
  if (name === "run") [name, ...args] = args;
  // `pnpm` alone, its options, and a placeholder.
  if (name === undefined || /^[-<…]/.test(name)) return undefined;
  if (name === "exec") return args[0] === "node" ? undefined : checkBinary(args, command, repository);
  if (scripts.has(name) || pnpmCommands.has(name)) return undefined;
  return checkBinary([name, ...args], command, repository);
}

function checkBinary(
  [name = "", ...args]: string[],
  command: string,
  repository: Repository,
): string | undefined {
  if (!repository.binaries.has(name)) return `\`${command}\`: there is no script and no program ${name}`;
  if (name !== "vitest") return undefined;
  const project = args[args.indexOf("--project") + 1];
  if (!args.includes("--project") || project === undefined || project.startsWith("<")) return undefined;
  return repository.projects.has(project) ? undefined : `\`${command}\`: there is no project ${project}`;
}

/** Returns a message if a path does not exist. Ignores texts that do not look like paths of this repository. */
export function checkPath(text: string, directory: string, repository: Repository): string | undefined {
  const name = text.replace(/^#/, "").replace(/#.*$/, "").replace(/^\.\//, "");
  if (!/^[\w@.()[\]<>{},*-]+(?:\/[\w@.()[\]<>{},*-]*)*$/.test(name)) return undefined;
  const hasExtension = extensions.test(name);
  const isBelow = (parent: string) => {
    const [first = ""] = name.split("/");
    return name.includes("/") && !/[<*{]/.test(first) && exists(path.posix.join(parent, first), repository);
  };
  if (!hasExtension && !isBelow(".") && !isBelow(directory)) return undefined;
  if (exists(name, repository) || exists(path.posix.join(directory, name), repository)) return undefined;
  if (hasExtension && exists(name, repository, "suffix")) return undefined;
  return repository.isIgnored(name) ? undefined : `there is no ${text}`;
}

/**
 * Whether a file or folder exists. `<name>` and `*` match anything within one folder, `**` any folders, and `{a,b}`
 * either.
 *
 * @param match `suffix` also accepts the end of a path
 */
function exists(name: string, { files }: Repository, match: "whole" | "suffix" = "whole"): boolean {
  const wanted = path.posix.normalize(name).replace(/\/$/, "");
  if (wanted === ".") return true;
  const pattern = wanted
    .replace(/[.+?^$()|[\]\\]/g, "\\$&")
    .replace(/\{([^}]*)\}/g, (_, list: string) => `(?:${list.replaceAll(",", "|")})`)
    .replace(/<[^>]*>/g, "*")
    .replace(/\*+/g, (stars) => (stars.length > 1 ? ".*" : "[^/]*"));
  const expression = new RegExp(`${match === "suffix" ? "(?:^|/)" : "^"}${pattern}(?:/|$)`);
  return files.some((file) => expression.test(file));
}

/** The folders at the start of a tree's line, e.g. of `scripts/  test/   what it is`. */
function leadingFolders(line: string): string[] {
  const [, folders = ""] = /^((?:[\w.@-]+\/(?:[\w.@-]+\/)*\s+)+)/.exec(line) ?? [];
  return folders.split(/\s+/).filter(Boolean);
}

function* flatten(tokens: readonly Token[]): Generator<Token> {
  for (const token of tokens) {
    yield token;
    if (token.type === "table") {
      const { header, rows } = token as Tokens.Table;
      for (const cell of [header, ...rows].flat()) yield* flatten(cell.tokens);
    } else if (token.type === "list") {
      for (const item of (token as Tokens.List).items) yield* flatten(item.tokens);
    } else if ("tokens" in token && token.tokens) {
      yield* flatten(token.tokens);
    }
  }
}

function plainText(tokens: readonly Token[]): string {
  return tokens
    .map((token) =>
      "tokens" in token && token.tokens ? plainText(token.tokens) : "text" in token ? token.text : "",
    )
    .join("");
}

const countLines = (text: string) => text.split("\n").length - 1;
