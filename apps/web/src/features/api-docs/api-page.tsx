import type { OpenApiDocument, Operation } from "@kumite/api/openapi";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Schema } from "./fields.tsx";
import { Procedure } from "./procedure.tsx";
import { Code, Text } from "./text.tsx";

type Described = { operation: Operation; isQuery: boolean };

/** The API's reference, made from the OpenAPI document. */
export function ApiPage({ document }: { document: OpenApiDocument }) {
  const { info, tags, components } = document;
  const described = describedIn(document);
  const groups = tags.map((tag) => ({
    ...tag,
    procedures: described.filter(({ operation }) => operation.tags.includes(tag.name)),
  }));
  const schemas = Object.entries(components.schemas);
  return (
    <div className="mx-auto grid w-full max-w-[68rem] gap-x-12 gap-y-8 px-4 pt-8 pb-24 md:grid-cols-[13rem_1fr]">
      <nav
        aria-label="On this page"
        className="h-fit md:sticky md:top-8 md:max-h-[calc(100dvh-4rem)] md:overflow-y-auto"
      >
        <ul className="flex flex-wrap gap-x-5 gap-y-3 text-sm md:grid">
          {groups.map(({ name, procedures }) => (
            <li key={name}>
              <a className="link font-medium" href={`#${name}`}>
                {name}
              </a>
              <ul className="max-md:hidden">
                {procedures.map(({ operation: { operationId } }) => (
                  <li key={operationId}>
                    <a className="link decoration-transparent" href={`#${operationId}`}>
                      {operationId.slice(name.length + 1)}
                    </a>
                  </li>
                ))}
              </ul>
            </li>
          ))}
          <li>
            <a className="link font-medium" href="#schemas">
              Schemas
            </a>
          </li>
        </ul>
      </nav>
      <div className="grid min-w-0 gap-16">
        <header>
          <PageHeader title="The API" lead="For other frontends and programs." />
          <div className="grid max-w-prose gap-3">
            {info.description.split("\n\n").map((paragraph) => (
              <p key={paragraph}>
                <Text>{paragraph}</Text>
              </p>
            ))}
            <p>
              As an OpenAPI document:{" "}
              <a className="link" href="/api/openapi.json">
                /api/openapi.json
              </a>
            </p>
          </div>
        </header>
        <Failures responses={components.responses} />
        {groups.map(({ name, description, procedures }) => (
          <section key={name} aria-labelledby={name} className="grid gap-10">
            <div className="grid gap-1.5">
              <h2 id={name} className="text-2xl">
                {name}
              </h2>
              <p className="text-ink-soft">{description}</p>
            </div>
            {procedures.map((procedure) => (
              <Procedure key={procedure.operation.operationId} {...procedure} />
            ))}
          </section>
        ))}
        <section aria-labelledby="schemas" className="grid gap-10">
          <h2 id="schemas" className="text-2xl">
            Schemas
          </h2>
          {schemas.map(([name, schema]) => (
            <article key={name} id={name} aria-labelledby={`${name}-name`} className="grid gap-2">
              <h3 id={`${name}-name`} className="text-lg">
                <Code>{name}</Code>
              </h3>
              <Schema schema={schema} />
            </article>
          ))}
        </section>
      </div>
    </div>
  );
}

function Failures({ responses }: Pick<OpenApiDocument["components"], "responses">) {
  return (
    <section aria-labelledby="failures" className="grid gap-3">
      <h2 id="failures" className="text-2xl">
        Any call may fail
      </h2>
      <ul className="grid max-w-prose list-disc gap-1.5 pl-5">
        {Object.entries(responses).map(([name, { description }]) => (
          <li key={name}>
            <Text>{description}</Text>
          </li>
        ))}
      </ul>
    </section>
  );
}

function describedIn({ paths }: OpenApiDocument): Described[] {
  return Object.values(paths).flatMap(({ get, post }) => [
    ...(get ? [{ operation: get, isQuery: true }] : []),
    ...(post ? [{ operation: post, isQuery: false }] : []),
  ]);
}
