/**
 * A small Lambda runtime client: loads the handler of `_HANDLER` in `LAMBDA_TASK_ROOT` and answers the invocations of
 * the Runtime API, one after the other. It replaces `aws-lambda-ric`, whose native part takes minutes and a C++
 * compiler to install; docs/deploying.md says how to run the tests with it.
 */
import path from "node:path";
import { pathToFileURL } from "node:url";

const { AWS_LAMBDA_RUNTIME_API = "", LAMBDA_TASK_ROOT = "", _HANDLER = "" } = process.env;
const invocations = `http://${AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime/invocation`;

const [file, exported = ""] = _HANDLER.split(".");
const module = await import(pathToFileURL(path.join(LAMBDA_TASK_ROOT, `${file}.mjs`)).href);

for (;;) {
  const next = await fetch(`${invocations}/next`);
  const awsRequestId = next.headers.get("lambda-runtime-aws-request-id") ?? "";
  const post = (outcome: "response" | "error", body: unknown) =>
    fetch(`${invocations}/${awsRequestId}/${outcome}`, { method: "POST", body: JSON.stringify(body) });
  try {
    await post("response", await module[exported](await next.json(), { awsRequestId }));
  } catch (error) {
    const { name, message, stack = "" } = error instanceof Error ? error : new Error(String(error));
    await post("error", { errorType: name, errorMessage: message, trace: stack.split("\n") });
  }
}
