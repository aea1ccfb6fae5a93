import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Linked } from "./availability-details.tsx";

const render = (text: string) => renderToStaticMarkup(createElement(Linked, { text }));

test("shows a web address in a text as a link", () => {
  expect(render("Hall 2, https://maps.example/?a=1&b=2 or http://b.example")).toMatch(
    /^Hall 2, <a href="https:\/\/maps.example\/\?a=1&amp;b=2"[^>]*>.*<\/a> or <a href="http:\/\/b.example".*<\/a>$/,
  );
});

test.each([
  "javascript:alert(1)",
  "JAVASCRIPT:alert(1)//https",
  "data:text/html,<script>alert(1)</script>",
  "//evil.example",
  "file:///etc/passwd",
  "<a href='javascript:alert(1)'>x</a>",
  '=HYPERLINK("javascript:alert(1)")',
])("shows %s without a link", (text) => {
  expect(render(text)).not.toMatch(/<(a|script)/);
});

test.each(['https://a.example/"onmouseover="alert(1)', "https://a.example/<script>", "https://a.example/'x"])(
  "%s cannot break out of its attribute",
  (text) => {
    const [, href, attributes] = /^<a href="([^"]*)"([^>]*)>/.exec(render(text)) ?? [];
    expect(href).toMatch(/^https:\/\/a\.example\/[^<>"]*$/);
    expect(attributes).not.toContain("onmouseover");
    expect(render(text)).not.toContain("<script");
  },
);
