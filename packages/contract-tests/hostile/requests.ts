/** Requests that our own clients never send. */

/** About the longest allowed body, in bytes: longer than 128 kB is refused unread. */
export const most = 125_000;
const fill = (text: string) => text.repeat(most / text.length);
const list = (item: (at: number) => string) =>
  Array.from({ length: most / item(99_999).length }, (_, at) => item(at)).join();

/** Bodies that are too large in one field: a description, and the body for a field's name. */
export const oversizedBodies: readonly [what: string, body: (field: string) => string][] = [
  ["a text", (field) => `{"${field}":"${fill("x")}"}`],
  ["a text of blanks", (field) => `{"${field}":"${fill(" ")}"}`],
  ["a text of line breaks", (field) => `{"${field}":"${fill("\\r\\n")}"}`],
  ["a second of many digits", (field) => `{"${field}":"2027-01-01T00:00:00.${fill("9")}Z"}`],
  ["a number of many digits", (field) => `{"${field}":${fill("9")}}`],
  ["many items", (field) => `{"${field}":[${list(() => '"kata" ')}]}`],
  ["many different items", (field) => `{"${field}":[${list((at) => `"type${at}" `)}]}`],
  ["arrays very deep", (field) => `{"${field}":${"[".repeat(most / 2)}${"]".repeat(most / 2)}}`],
  ["objects very deep", (field) => `{"${field}":${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}}`],
  ["many unknown keys", (field) => `{"${field}":1,${list((at) => `"${at}":1 `)}}`],
  ["a long key", (field) => `{"${field}":1,"${fill("x")}":1}`],
];

/** The part after `/api/trpc/`. */
export const addresses: readonly string[] = [
  "user.get%",
  "%E0%A4%A",
  "%00",
  "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
  "../../etc/passwd",
  "user.get/../user.set",
  "__proto__",
  "user.__proto__",
  "constructor.name",
  "user",
  ".",
  "...",
  ",",
  "user.get,?batch=1",
  ",,,,?batch=1",
  "user.get?input=%",
  "user.get?input=%E0%A4%A",
  "user.get?input=%ED%A0%80",
  "user.get?input={",
  "user.get?input=null",
  "user.get?input=5",
  "user.get?batch=1",
  "user.get?batch=1&input=5",
  'user.get?batch=1&input={"0":{"__proto__":1},"__proto__":{"a":1},"length":1e9}',
  "user.get?batch=1&batch=0",
  "user.get?batch=2",
  "user.get?connectionParams=5",
  'user.get?connectionParams={"a":1}',
  "user.get?&&&===",
  "user.get?input=%7B%7D&input=%7B%7D",
  "user.get??input=%7B%7D",
  "user.get;a=b?input=%7B%7D",
  "user%2Eget",
  "user.get%3Finput=5",
  "//evil.example/user.get",
  "user.get#a",
];

/** Bodies of a mutation. */
export const bodies: readonly string[] = [
  "",
  "{",
  "}",
  "{]",
  "'a'",
  "NaN",
  "undefined",
  "\0",
  "\ufeff{}",
  '{"bio":"\n"}',
  '{"bio":"\\ud800"}',
  '{"bio":"a","bio":"b"}',
  "{}{}",
  "<xml/>",
];

/** Content types of a mutation. */
export const contentTypes: readonly string[] = [
  "application/json; charset=utf-16",
  "application/json, text/plain",
  "APPLICATION/JSON",
  "application/jsonp",
  "text/plain",
  "text/html",
  "application/x-www-form-urlencoded",
  "multipart/form-data",
  "multipart/form-data; boundary=x",
  "application/octet-stream",
  "application/xml",
  "*/*",
  ";",
  "x".repeat(1_000),
];

/** A description, and the headers. */
export const headerSets: readonly [what: string, headers: Record<string, string | string[]>][] = [
  ["two tokens in one Authorization", { authorization: "Bearer a, Bearer b" }],
  ["an Authorization full of spaces", { authorization: `Bearer${" ".repeat(8_000)}x y` }],
  ["a token full of dots", { authorization: `Bearer ${".".repeat(8_000)}` }],
  ["empty cookies", { cookie: "=;".repeat(4_000) }],
  ["cookies named like a prototype", { cookie: "__proto__=1; constructor=2" }],
  ["a request for a stream", { "trpc-accept": "application/jsonl" }],
  ["a subscription's last event id", { "last-event-id": "x".repeat(4_000) }],
  ["a forged address and host", { "x-forwarded-for": "a, b, \u00e9", "x-forwarded-host": "evil.example" }],
  ["an unknown encoding", { "accept-encoding": "zip-bomb", "content-encoding": "br" }],
];
