import * as z from "zod/mini";
import { community } from "./community.ts";

/** A skill cohort of the community. */
export const Cohort = z.enum(community.cohorts);
export type Cohort = z.infer<typeof Cohort>;

/** The id of a kind of session that the community holds. */
export const SessionType = z.enum(community.types.map((type) => type.id));
export type SessionType = z.infer<typeof SessionType>;

export const Community = z.object({
  name: z.string(),
  cohorts: z.array(z.string()),
  types: z.array(z.object({ id: z.string(), label: z.string(), durationMinutes: z.number() })),
});
export type Community = z.infer<typeof Community>;
