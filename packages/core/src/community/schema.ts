import * as z from "zod/mini";
import { isVisible } from "../characters.ts";
import { singleLine } from "../text.ts";
import { isOffered, mostCohorts, mostTypes } from "./ids.ts";

/**
 * The id of a cohort or a type: letters, digits, and between them spaces and `_ . + -`. It is a key in the database and
 * part of addresses.
 */
const communityId = z
  .string()
  .check(
    z.maxLength(40, "At most 40 characters"),
    z.regex(
      /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N} _.+-]*[\p{L}\p{M}\p{N}+])?$/u,
      "An id has letters and digits, and spaces or _ . + - between them",
    ),
  );

/** The part of the community that everyone may see. */
export const Community = z.object({
  name: z.string(),
  /** The ids of the cohorts that may be chosen now, beginner first. */
  cohorts: z.array(z.string()),
  /** The types that may be offered now. */
  types: z.array(z.object({ id: z.string(), label: z.string(), durationMinutes: z.number() })),
  /** The label of each cohort, by id, including retired ones. */
  cohortLabels: z.record(z.string(), z.string()),
  /** The label of each type, by id, including retired ones. */
  typeLabels: z.record(z.string(), z.string()),
  /** Increases with each change; 0 before the first. */
  revision: z.number(),
});
export type Community = z.infer<typeof Community>;

function visibleLine(max: number) {
  return singleLine(max).check(z.refine(isVisible, "Must not be empty"));
}

const cohortFields = { id: communityId, label: visibleLine(60), isRetired: z.optional(z.boolean()) };

const CohortSetting = z.strictObject(cohortFields);
export type CohortSetting = z.infer<typeof CohortSetting>;

const TypeSetting = z.strictObject({
  ...cohortFields,
  /** The length that the post form suggests. */
  durationMinutes: z
    .int("Whole minutes")
    .check(z.minimum(15, "At least 15 minutes"), z.maximum(480, "At most 8 hours")),
});
export type TypeSetting = z.infer<typeof TypeSetting>;

/** Ids must be unique, and so must the labels of items that are not retired. At least one item must not be retired. */
function listOf<Item extends z.ZodMiniType<CohortSetting>>(item: Item, most: number) {
  return z.array(item).check(
    z.maxLength(most, { error: `At most ${most}`, abort: true }),
    z.refine((items) => isDistinct(items.map(({ id }) => id)), "Each id must be unique"),
    z.refine(
      (items) => isDistinct(items.filter(isOffered).map(({ label }) => label.toLowerCase())),
      "Each name must be unique",
    ),
    z.refine((items) => items.some(isOffered), "Leave at least one that is not retired"),
  );
}

function isDistinct(texts: readonly string[]): boolean {
  return new Set(texts).size === texts.length;
}

/** Everything that admins edit, with the revision that it replaces. */
export const SetCommunityInput = z.strictObject({
  revision: z.int().check(z.minimum(0)),
  name: visibleLine(80),
  defaultLocation: visibleLine(200),
  cohorts: listOf(CohortSetting, mostCohorts),
  types: listOf(TypeSetting, mostTypes),
});
export type SetCommunityInput = z.infer<typeof SetCommunityInput>;

export const CommunitySettings = z.object({
  revision: z.number(),
  name: z.string(),
  defaultLocation: z.string(),
  cohorts: z.array(CohortSetting),
  types: z.array(TypeSetting),
});
export type CommunitySettings = z.infer<typeof CommunitySettings>;
