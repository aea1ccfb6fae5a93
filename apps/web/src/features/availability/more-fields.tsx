import { Choice, Choices } from "#components/ui/choice.tsx";
import { Field, FieldGroup, Input, Textarea } from "#components/ui/field.tsx";
import { useCommunity } from "#member/community.ts";
import { useOwnProfile } from "#member/member.tsx";
import type { AvailabilityFormApi } from "./availability-values.ts";

/** For whom, where, the meeting link, and notes: what most availabilities leave as it is. */
export function MoreFields({ form }: { form: AvailabilityFormApi }) {
  const { register } = form;
  const { profile: me } = useOwnProfile();
  const { errors } = form.formState;
  return (
    <>
      <CohortsField form={form} />
      <Field
        label="Where"
        hint="Everyone who finds the open time sees it. Left empty, the community’s usual one."
        error={errors.location?.message}
      >
        {(control) => <Input {...control} maxLength={200} {...register("location")} />}
      </Field>
      <Field
        label="Meeting link"
        hint={`Only you and those who book see it.${me?.defaultLink ? " Left empty, the one in your profile." : ""}`}
        error={errors.link?.message}
      >
        {(control) => (
          <Input {...control} type="url" placeholder="https://" maxLength={500} {...register("link")} />
        )}
      </Field>
      <Field label="Notes" hint="What you have in mind, what to bring." error={errors.description?.message}>
        {(control) => <Textarea {...control} maxLength={2_000} {...register("description")} />}
      </Field>
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
            Mine and its neighbors
          </button>
        )}
      </div>
    </FieldGroup>
  );
}
