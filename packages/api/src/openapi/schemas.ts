import { Availability, AvailabilityPage } from "@kumite/core/availabilities/schema";
import { Calendar } from "@kumite/core/calendar/schema";
import { Community, CommunitySettings } from "@kumite/core/community/schema";
import { Meeting, MeetingPage } from "@kumite/core/meetings/schema";
import { BlockedMembers, OwnProfile, PublicProfile } from "@kumite/core/users/schema";
import * as z from "zod/mini";
import { ErrorAnswer } from "./errors.ts";
import type { JsonSchema } from "./types.ts";

/** Schemas with a name. The document contains each of them once. */
const named = {
  Availability,
  AvailabilityPage,
  BlockedMembers,
  Calendar,
  Community,
  CommunitySettings,
  Error: ErrorAnswer,
  Meeting,
  MeetingPage,
  OwnProfile,
  PublicProfile,
};

/** An input's schema as JSON Schema, which cannot express custom checks. */
export function inputSchema(schema: z.ZodMiniType): JsonSchema {
  return bare(
    z.toJSONSchema(schema, {
      io: "input",
      unrepresentable: "any",
      override: ({ jsonSchema }) => {
        // zod adds a pattern that repeats the format.
        if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
      },
    }),
  );
}

/**
 * Schemas of outputs as JSON Schema, with references to the named schemas.
 * @param outputs by any unique names; the result has the same names
 */
export function outputSchemas(outputs: Readonly<Record<string, z.ZodMiniType>>): {
  outputs: Readonly<Record<string, JsonSchema>>;
  components: Readonly<Record<string, JsonSchema>>;
} {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id });
  for (const [id, schema] of Object.entries(outputs)) if (!registry.has(schema)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, {
    io: "output",
    uri: reference,
    // A later version may answer more fields.
    override: ({ jsonSchema }) => {
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  const schemaOf = (id: string) => bare(schemas[id] ?? {});
  return {
    components: Object.fromEntries(Object.keys(named).map((id) => [id, schemaOf(id)])),
    outputs: Object.fromEntries(
      Object.entries(outputs).map(([id, schema]) => {
        const known = registry.get(schema)?.id ?? id;
        return [id, known in named ? { $ref: reference(known) } : schemaOf(known)];
      }),
    ),
  };
}

/** The address of a named schema in the document. */
function reference(name: string): string {
  return `#/components/schemas/${name}`;
}

/** A schema without the keys of a standalone document. */
function bare({ $schema, $id, ...schema }: z.core.JSONSchema.BaseSchema): JsonSchema {
  return schema as JsonSchema;
}
