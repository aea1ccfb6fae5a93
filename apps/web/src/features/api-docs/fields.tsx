import type { JsonSchema } from "@kumite/api/openapi";
import { type Field, fieldsOf, type Piece, typeWords } from "./schema-words.ts";
import { Code } from "./text.tsx";

/** Describes a value: the fields of an object, or its type. */
export function Schema({ schema }: { schema: JsonSchema }) {
  const fields = fieldsOf(schema);
  if (fields.length > 0) return <Fields fields={fields} />;
  return <p>{schema.type === "object" ? "An object without fields" : <Type pieces={typeWords(schema)} />}</p>;
}

function Fields({ fields }: { fields: Field[] }) {
  return (
    <dl className="grid">
      {fields.map(({ path, isOptional, type, bounds }) => (
        <div key={path} className="grid gap-x-4 border-line border-t py-1.5 sm:grid-cols-[15rem_1fr]">
          <dt>
            <Code>{path}</Code>
            {isOptional && <span className="text-ink-soft text-sm"> optional</span>}
          </dt>
          <dd className="text-ink-soft">
            <Type pieces={type} />
            {bounds.length > 0 && `, ${bounds.join(", ")}`}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Type({ pieces }: { pieces: Piece[] }) {
  return pieces.map((piece) =>
    "text" in piece ? (
      piece.text
    ) : (
      <a key={piece.schema} className="link" href={`#${piece.schema}`}>
        {piece.schema}
      </a>
    ),
  );
}
