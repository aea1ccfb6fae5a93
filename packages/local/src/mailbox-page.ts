import type { Mail } from "./mail.ts";

/**
 * Renders the mailbox as a page, newest mail first. It checks for new mail every two seconds and keeps the scroll
 * position.
 */
export function mailboxPage(mails: readonly Mail[], to: string): string {
  const list = mails.toReversed().map(mailArticle).join("\n");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Kumite mailbox</title>
<style>${style}</style>
</head>
<body>
<header>
  <h1>Mailbox</h1>
  <form><label>Address <input type="search" name="to" value="${escapeHtml(to)}" placeholder="everyone" autocomplete="off"></label></form>
</header>
<main aria-live="polite">
${list || "<p class=empty>No mail yet. New mail appears here automatically.</p>"}
</main>
<script>${script}</script>
</body>
</html>
`;
}

function mailArticle({ to, subject, text, code, sentAt }: Mail): string {
  return `<article>
  <h2>${escapeHtml(subject)}</h2>
  <p class="meta"><a href="?to=${encodeURIComponent(to)}">${escapeHtml(to)}</a> <time datetime="${escapeHtml(sentAt)}">${escapeHtml(sentAt)}</time></p>
  ${code === undefined ? "" : `<p class="code">${escapeHtml(code)}</p>`}
  <p class="text">${escapeHtml(text)}</p>
</article>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const style = `
:root { color-scheme: light dark; --paper: #faf8f4; --ink: #1c1a17; --faint: #6b655c; --line: #e2ddd3; --accent: #b3341c; }
@media (prefers-color-scheme: dark) { :root { --paper: #171614; --ink: #ece8e1; --faint: #a39c91; --line: #35322d; --accent: #f0795f; } }
* { box-sizing: border-box; margin: 0; }
body { background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; max-width: 44rem; margin: 0 auto; padding: 2rem 1rem; }
header { display: flex; flex-wrap: wrap; gap: 1rem; align-items: baseline; justify-content: space-between; margin-bottom: 1.5rem; }
h1 { font-size: 1.5rem; }
h2 { font-size: 1rem; }
input { font: inherit; color: inherit; background: transparent; border: 1px solid var(--faint); border-radius: .375rem; padding: .25rem .5rem; width: 16rem; max-width: 100%; }
article { border-top: 1px solid var(--line); padding: 1rem 0; overflow-wrap: anywhere; }
a { color: inherit; }
.meta, .empty { color: var(--faint); }
.meta { font-size: .875rem; display: flex; flex-wrap: wrap; gap: 0 1rem; }
.code { color: var(--accent); font: 600 1.75rem/1.6 ui-monospace, monospace; letter-spacing: .1em; }
.text { white-space: pre-wrap; }
`;

const script = `
const showTimes = () => {
  for (const time of document.querySelectorAll("time")) {
    time.textContent = new Date(time.dateTime).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "medium" });
  }
};
let shown;
const refresh = async () => {
  const response = await fetch(location.href, { headers: { accept: "text/html" } }).catch(() => undefined);
  if (!response?.ok) return;
  const text = await response.text();
  const isNews = shown !== undefined && shown !== text;
  shown = text;
  if (!isNews) return;
  const page = new DOMParser().parseFromString(text, "text/html");
  document.querySelector("main").replaceChildren(...page.querySelector("main").childNodes);
  showTimes();
};
showTimes();
refresh();
setInterval(refresh, 2000);
`;
