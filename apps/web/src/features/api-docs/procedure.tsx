import type { JsonContent, JsonSchema, Operation, Reference, Response } from "@kumite/api/openapi";
import type { ReactNode } from "react";
import { Badge } from "#components/ui/badge.tsx";
import { Schema } from "./fields.tsx";
import { Code, Text } from "./text.tsx";

type ProcedureProps = { operation: Operation; isQuery: boolean };

/** One procedure: who may call it, its input, its result, its errors, and an example. */
export function Procedure({ operation, isQuery }: ProcedureProps) {
  const { operationId, summary, description, parameters, requestBody, responses } = operation;
  const input = (parameters?.[0]?.content ?? requestBody?.content)?.["application/json"];
  const answer = contentOf(responses[200]);
  return (
    <article id={operationId} aria-labelledby={`${operationId}-name`} className="grid gap-4">
      <div className="grid gap-2">
        <h3 id={`${operationId}-name`} className="flex flex-wrap items-center gap-x-3 gap-y-1 text-lg">
          <Code>{operationId}</Code>
          <Badge>{isQuery ? "Query" : "Mutation"}</Badge>
        </h3>
        <p>
          <Text>{summary}</Text>
        </p>
        {description && (
          <p className="max-w-prose text-ink-soft">
            <Text>{description}</Text>
          </p>
        )}
        <p className="text-ink-soft">For {operation["x-caller"]}.</p>
      </div>
      <Part title="Input">{input ? <Schema schema={input.schema} /> : <p>None</p>}</Part>
      <Part title="Answer">{answer && <Schema schema={dataOf(answer.schema)} />}</Part>
      <Refusals responses={responses} />
      <details>
        <summary className="w-fit font-medium">Example</summary>
        <div className="mt-3 grid gap-3">
          {input && <Json title="Input" of={operationId} value={input.example} />}
          <Json title="Answer" of={operationId} value={answer?.example} />
        </div>
      </details>
    </article>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="grid gap-1.5">
      <h4 className="font-medium">{title}</h4>
      {children}
    </section>
  );
}

function Refusals({ responses }: Pick<Operation, "responses">) {
  const refusals = Object.entries(responses).flatMap(([status, response]) =>
    "$ref" in response
      ? []
      : Object.entries(response["x-reasons"] ?? {}).map(([reason, words]) => ({ status, reason, words })),
  );
  if (refusals.length === 0) return null;
  return (
    <Part title="Refused with">
      <dl className="grid">
        {refusals.map(({ status, reason, words }) => (
          <div key={reason} className="grid gap-x-4 border-line border-t py-1.5 sm:grid-cols-[15rem_1fr]">
            <dt>
              <Code>{reason}</Code> <span className="text-ink-soft text-sm">{status}</span>
            </dt>
            <dd className="text-ink-soft">{words}</dd>
          </div>
        ))}
      </dl>
    </Part>
  );
}

function Json({ title, of, value }: { title: string; of: string; value: unknown }) {
  return (
    <div className="grid gap-1">
      <p className="text-ink-soft text-sm">{title}</p>
      {/* Scrollable, so it must be reachable by keyboard. */}
      <section
        aria-label={`${title} of ${of}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
        tabIndex={0}
        className="overflow-x-auto rounded bg-sunken px-4 py-3"
      >
        <pre className="font-mono text-sm">{JSON.stringify(value, undefined, 2)}</pre>
      </section>
    </div>
  );
}

function contentOf(response: Response | Reference | undefined): JsonContent["application/json"] | undefined {
  return response && "content" in response ? response.content["application/json"] : undefined;
}

/** Returns the schema of a procedure's result, inside `{ result: { data } }`. */
function dataOf(answer: JsonSchema): JsonSchema {
  return answer.properties?.["result"]?.properties?.["data"] ?? {};
}
