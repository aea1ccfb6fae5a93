import { Availability, AvailabilityPage } from "@kumite/core/availabilities/schema";
import { Calendar } from "@kumite/core/calendar/schema";
import { Community, CommunitySettings } from "@kumite/core/community/schema";
import { Meeting, MeetingPage } from "@kumite/core/meetings/schema";
import { BlockedMembers, OwnProfile, PublicProfile } from "@kumite/core/users/schema";
import * as z from "zod/mini";
import { ErrorAnswer } from "./errors.ts";
import type { JsonSchema } from "./types.ts";

/** Schemas that have a name in the document: it holds each of them once. */
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

/** What a parser takes, as JSON Schema. What it checks by code of its own, JSON Schema cannot say. */
export function inputSchema(schema: z.ZodMiniType): JsonSchema {
  return bare(
    z.toJSONSchema(schema, {
      io: "input",
      unrepresentable: "any",
      override: ({ jsonSchema }) => {
        // zod writes out what the format says already.
        if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
      },
    }),
  );
}

/**
 * What clients see, as JSON Schema, with references to the named schemas.
 * @param outputs by names of the caller's choice
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

/** Where a named schema stands in the document. */
function reference(name: string): string {
  return `#/components/schemas/${name}`;
}

/** A schema without what concerns only one that is a document of its own. */
function bare({ $schema, $id, ...schema }: z.core.JSONSchema.BaseSchema): JsonSchema {
  return schema as JsonSchema;
}
