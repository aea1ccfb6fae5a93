"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import type { RouterOutputs } from "@kumite/api";
import { SetUserInput } from "@kumite/core/users/schema";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { Controller, useForm } from "react-hook-form";
import * as z from "zod/mini";
import { Field, Input, Select, Textarea } from "#components/ui/field.tsx";
import { FormError } from "#components/ui/form-error.tsx";
import { FormField } from "#components/ui/form-field.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { notify } from "#components/ui/toast.tsx";
import { explain } from "#lib/errors.ts";
import { showFieldErrors } from "#lib/form-errors.ts";
import { useCommunity } from "#member/community.ts";
import { useOwnProfile } from "#member/member.tsx";
import { useTRPC } from "#trpc/client.tsx";
import { ZoneCombobox } from "./zone-combobox.tsx";

type OwnProfile = RouterOutputs["user"]["set"];

const Profile = SetUserInput.check(
  z.refine(({ cohort }) => cohort, { path: ["cohort"], error: "Choose your cohort" }),
);

const fields = ["displayName", "cohort", "timezone", "bio", "discordUsername", "defaultLink"] as const;

function toForm({ displayName, cohort, timezone, bio, discordUsername, defaultLink }: OwnProfile) {
  return {
    displayName,
    cohort: cohort ?? undefined,
    timezone: timezone ?? undefined,
    bio,
    discordUsername,
    defaultLink,
  };
}

type ProfileFormProps = {
  profile: OwnProfile;
  /** For a new member, where to go after saving; others stay on the page. */
  next?: string | undefined;
};

export function ProfileForm({ profile, next }: ProfileFormProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const { setProfile } = useOwnProfile();
  const { cohorts, cohortLabelOf } = useCommunity();
  const own = profile.cohort;
  // A member keeps a retired cohort until they choose another.
  const choices = own === null || cohorts.includes(own) ? cohorts : [...cohorts, own];
  const save = useMutation(
    trpc.user.set.mutationOptions({
      onSuccess: (saved) => {
        setProfile(saved);
        // Which availabilities are open to a member depends on the cohort.
        return queryClient.invalidateQueries({ queryKey: trpc.availability.pathKey() });
      },
    }),
  );
  const form = useForm({
    resolver: zodResolver(Profile),
    defaultValues: toForm(profile),
  });
  const { control, handleSubmit, setError, clearErrors, reset, resetField, getValues, formState } = form;
  const { errors, isSubmitting } = formState;

  // The detected zone arrives late. Set only its field: resetting the form, as `values` does, would drop a press on "Save"
  // that is being validated.
  const { timezone } = profile;
  useEffect(() => {
    if (timezone && !getValues("timezone")) resetField("timezone", { defaultValue: timezone });
  }, [timezone, getValues, resetField]);

  async function submit(input: z.infer<typeof Profile>) {
    try {
      const saved = await save.mutateAsync(input);
      reset(toForm(saved));
      notify("Saved");
      if (next) router.push(next);
    } catch (error) {
      if (showFieldErrors(error, fields, setError)) return;
      const { title, detail } = explain(error);
      setError("root", { type: "server", message: [title, detail].filter(Boolean).join(". ") });
    }
  }

  return (
    <form
      method="post"
      noValidate
      className="grid max-w-xl gap-6"
      onSubmit={handleSubmit(submit)}
      onChange={() => errors.root && clearErrors("root")}
    >
      <FormError>{errors.root?.message}</FormError>
      <FormField form={form} name="displayName" label="Name">
        {(control) => <Input autoComplete="name" {...control} />}
      </FormField>
      <FormField
        form={form}
        name="cohort"
        options={{ setValueAs: (value: string) => value || undefined }}
        label="Cohort"
        hint="You find open times that are open to your cohort."
      >
        {(control) => (
          <Select {...control}>
            <option value="">Choose one</option>
            {choices.map((cohort) => (
              <option key={cohort} value={cohort}>
                {cohortLabelOf(cohort)}
              </option>
            ))}
          </Select>
        )}
      </FormField>
      <Field
        label="Time zone"
        hint="You see every time in this zone. Others see their own."
        error={errors.timezone?.message}
      >
        {(field) => (
          <Controller
            control={control}
            name="timezone"
            render={({ field: { value, onChange, onBlur } }) => (
              <ZoneCombobox {...field} value={value ?? null} onValueChange={onChange} onBlur={onBlur} />
            )}
          />
        )}
      </Field>
      <FormField form={form} name="bio" label="About you" hint="What you train, and what you look for.">
        {(control) => <Textarea rows={5} {...control} />}
      </FormField>
      <FormField form={form} name="discordUsername" label="Discord name" hint="Other members see it.">
        {(control) => <Input autoComplete="off" {...control} />}
      </FormField>
      <FormField
        form={form}
        name="defaultLink"
        label="Your meeting link"
        hint="Used for open times without a link. Only people who book with you see it."
      >
        {(control) => (
          <Input type="url" autoComplete="off" placeholder="https://" maxLength={500} {...control} />
        )}
      </FormField>
      <div>
        <SubmitButton pending={isSubmitting}>{next ? "Save and continue" : "Save"}</SubmitButton>
      </div>
    </form>
  );
}
