import { Choice, Choices } from "#components/ui/choice.tsx";
import { FieldGroup, Input, Textarea } from "#components/ui/field.tsx";
import { FormField } from "#components/ui/form-field.tsx";
import { useCommunity } from "#member/community.ts";
import { useOwnProfile } from "#member/member.tsx";
import type { AvailabilityFormApi } from "./availability-values.ts";

/** Cohorts, place, meeting link and notes: fields that most members leave unchanged. */
export function MoreFields({ form }: { form: AvailabilityFormApi }) {
  const { profile: me } = useOwnProfile();
  return (
    <>
      <CohortsField form={form} />
      <FormField
        form={form}
        name="location"
        label="Where"
        hint="Everyone who finds the open time sees it. If empty: the community’s usual place."
      >
        {(control) => <Input {...control} maxLength={200} />}
      </FormField>
      <FormField
        form={form}
        name="link"
        label="Meeting link"
        hint={`Only you and those who book see it.${me?.defaultLink ? " If empty: the link in your profile." : ""}`}
      >
        {(control) => <Input {...control} type="url" placeholder="https://" maxLength={500} />}
      </FormField>
      <FormField form={form} name="description" label="Notes" hint="What you plan, and what to bring.">
        {(control) => <Textarea {...control} maxLength={2_000} />}
      </FormField>
    </>
  );
}

function CohortsField({ form }: { form: AvailabilityFormApi }) {
  const { cohorts, cohortLabelOf } = useCommunity();
  // An open time keeps retired cohorts that it has.
  const former = form.formState.defaultValues?.cohorts ?? [];
  const retired = former.flatMap((cohort) => (cohort && !cohorts.includes(cohort) ? [cohort] : []));
  const { profile: me } = useOwnProfile();
  const own = cohorts.indexOf(me?.cohort ?? "");
  const choose = (chosen: string[]) =>
    form.setValue("cohorts", chosen, { shouldDirty: true, shouldValidate: form.formState.isSubmitted });
  return (
    <FieldGroup label="Open to" error={form.formState.errors.cohorts?.message}>
      <Choices>
        {[...cohorts, ...retired].map((cohort) => (
          <Choice key={cohort} kind="many" value={cohort} {...form.register("cohorts")}>
            {cohortLabelOf(cohort)}
          </Choice>
        ))}
      </Choices>
      <div className="flex flex-wrap gap-x-5">
        <button type="button" className="link min-h-9 text-sm" onClick={() => choose(cohorts)}>
          All cohorts
        </button>
        {own >= 0 && (
          <button
            type="button"
            className="link min-h-9 text-sm"
            onClick={() => choose(cohorts.slice(Math.max(0, own - 1), own + 2))}
          >
            My cohort and its neighbors
          </button>
        )}
      </div>
    </FieldGroup>
  );
}
