import { type FieldErrors, InvalidInput } from "../errors.ts";
import { isOffered } from "./ids.ts";
import type { CohortSetting, Community, CommunitySettings, SetCommunityInput } from "./schema.ts";

type Choices = Pick<CommunitySettings, "cohorts" | "types">;

/** Returns the part of the settings that everyone may see. */
export function publicCommunity({ name, revision, cohorts, types }: CommunitySettings): Community {
  return {
    name,
    cohorts: cohorts.filter(isOffered).map(({ id }) => id),
    types: types.filter(isOffered).map(({ id, label, durationMinutes }) => ({ id, label, durationMinutes })),
    cohortLabels: labelsOf(cohorts),
    typeLabels: labelsOf(types),
    revision,
  };
}

function labelsOf(settings: readonly CohortSetting[]): Record<string, string> {
  return Object.fromEntries(settings.map(({ id, label }) => [id, label]));
}

/**
 * Checks the cohorts and types of an input against the community's lists. Fields that are left out are not checked.
 * @param kept by field, what was chosen before and may stay even if it is retired
 * @throws InvalidInput on the field with any other value
 */
export function checkChoices(
  { cohorts, types }: Choices,
  input: Choice,
  kept: { cohorts?: readonly string[]; types?: readonly string[] } = {},
): void {
  const mayChoose = (settings: readonly CohortSetting[], before: readonly string[] = []) =>
    settings.filter((setting) => isOffered(setting) || before.includes(setting.id));
  const errors: FieldErrors = {
    ...unknownIn("types", mayChoose(types, kept.types), input.types),
    ...unknownIn("cohorts", mayChoose(cohorts, kept.cohorts), input.cohorts),
  };
  if (Object.keys(errors).length > 0) throw new InvalidInput(errors);
}

interface Choice {
  readonly cohorts?: readonly string[];
  readonly types?: readonly string[];
}

/**
 * Checks the filters of a search. Retired cohorts and types are allowed, because availabilities may still have them.
 * @throws InvalidInput on the field with an unknown value
 */
export function checkFilters(
  { cohorts, types }: Choices,
  input: { types?: readonly string[] | undefined; ownerCohorts?: readonly string[] | undefined },
): void {
  const errors: FieldErrors = {
    ...unknownIn("types", types, input.types),
    ...unknownIn("ownerCohorts", cohorts, input.ownerCohorts),
  };
  if (Object.keys(errors).length > 0) throw new InvalidInput(errors);
}

/**
 * Checks the cohort that a member chooses. The cohort that they already have may be retired.
 * @throws InvalidInput
 */
export function checkCohort(
  { cohorts }: Pick<CommunitySettings, "cohorts">,
  cohort: string,
  former: string | null,
): void {
  const known = cohorts.filter((setting) => isOffered(setting) || setting.id === former);
  const errors = unknownIn("cohort", known, [cohort]);
  if (errors["cohort"]) throw new InvalidInput(errors);
}

function unknownIn(
  field: string,
  known: readonly CohortSetting[],
  chosen: readonly string[] = [],
): FieldErrors {
  const ids = known.map(({ id }) => id);
  if (chosen.every((id) => ids.includes(id))) return {};
  return { [field]: [`Invalid option: expected one of ${ids.map((id) => `"${id}"`).join("|")}`] };
}

/**
 * Refuses settings that lack a stored id: members, availabilities and meetings may use it.
 * @throws InvalidInput
 */
export function checkNothingTakenOut(current: Choices, next: Choices): void {
  const errors: FieldErrors = {};
  for (const field of ["cohorts", "types"] as const) {
    const ids = next[field].map(({ id }) => id);
    const missing = current[field].filter(({ id }) => !ids.includes(id));
    if (missing.length === 0) continue;
    errors[field] = missing.map(({ label }) => `${label} cannot be removed. Retire it instead.`);
  }
  if (Object.keys(errors).length > 0) throw new InvalidInput(errors);
}

/** Returns the settings of an input, with the next revision. */
export function nextSettings(input: SetCommunityInput): CommunitySettings {
  const { revision, name, defaultLocation, cohorts, types } = input;
  return {
    revision: revision + 1,
    name,
    defaultLocation,
    cohorts: cohorts.map(withoutFalse),
    types: types.map(withoutFalse),
  };
}

/** `isRetired` is stored only if it is true. */
function withoutFalse<Setting extends CohortSetting>({ isRetired, ...setting }: Setting) {
  return isRetired ? { ...setting, isRetired } : setting;
}
