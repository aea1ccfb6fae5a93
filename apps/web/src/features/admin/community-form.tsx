import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Field, Input } from "#components/ui/field.tsx";
import { FormError } from "#components/ui/form-error.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { notify } from "#components/ui/toast.tsx";
import { errorData, explain, refusalReason } from "#lib/errors.ts";
import { fieldError } from "#lib/form-errors.ts";
import { useTRPC } from "#trpc/client.tsx";
import { type Draft, type Settings, toDraft, toInput } from "./draft.ts";
import { ListEditor } from "./list-editor.tsx";

type CommunityFormProps = {
  /** The settings that were read: saving replaces these, and fails if newer ones exist. */
  settings: Settings;
  /** Fetches the newest settings; the form then starts from them. */
  reload: () => Promise<void>;
};

export function CommunityForm({ settings, reload }: CommunityFormProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState<Draft>(() => toDraft(settings));
  const save = useMutation(
    trpc.community.set.mutationOptions({
      onSuccess: (saved) => {
        queryClient.setQueryData(trpc.community.settings.queryKey(), saved);
        notify("Saved");
      },
    }),
  );
  const change = (part: Partial<Draft>) => setDraft((former) => ({ ...former, ...part }));
  const problem = (field: keyof Draft) => fieldError(save.error, field);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!save.isPending) save.mutate(toInput(draft, settings.revision));
  }
  return (
    <form method="post" noValidate className="grid gap-8" onSubmit={submit}>
      <Field label="Name of the community" error={problem("name")}>
        {(control) => (
          <Input
            {...control}
            value={draft.name}
            maxLength={80}
            onChange={({ target }) => change({ name: target.value })}
          />
        )}
      </Field>
      <Field
        label="Usual place"
        hint="Used for open times without a place."
        error={problem("defaultLocation")}
      >
        {(control) => (
          <Input
            {...control}
            value={draft.defaultLocation}
            maxLength={200}
            onChange={({ target }) => change({ defaultLocation: target.value })}
          />
        )}
      </Field>
      <ListEditor
        title="Cohorts"
        noun="cohort"
        hint="Beginner first. Members keep a retired cohort until they choose another."
        items={draft.cohorts}
        error={problem("cohorts")}
        most={30}
        onChange={(cohorts) => change({ cohorts })}
      />
      <ListEditor
        title="Kinds of session"
        noun="kind"
        hint="Open times of a retired kind can still be booked."
        items={draft.types}
        error={problem("types")}
        most={50}
        hasDuration
        onChange={(types) => change({ types })}
      />
      <SaveProblem error={save.error} reload={reload} />
      <div>
        <SubmitButton pending={save.isPending}>Save</SubmitButton>
      </div>
    </form>
  );
}

/** Shows why saving failed, if no field shows it. */
function SaveProblem({ error, reload }: { error: unknown; reload: () => Promise<void> }) {
  const [isLoading, setLoading] = useState(false);
  if (!error || errorData(error)?.fieldErrors) return null;
  if (refusalReason(error) === "CHANGED_MEANWHILE") {
    return (
      <div role="alert" className="grid justify-items-start gap-3 rounded bg-danger-tint px-4 py-3">
        <p className="max-w-prose">
          <strong>Someone else has changed the community meanwhile.</strong> Your changes are not saved. Load
          the newer state, and make them again.
        </p>
        <Button
          size="sm"
          pending={isLoading}
          onClick={() => {
            setLoading(true);
            void reload().finally(() => setLoading(false));
          }}
        >
          Load the newer state
        </Button>
      </div>
    );
  }
  const { title, detail } =
    refusalReason(error) === "NOT_ADMIN"
      ? { title: "You are no longer an admin", detail: "Nothing is saved." }
      : explain(error);
  return <FormError>{[title, detail].filter(Boolean).join(". ")}</FormError>;
}
