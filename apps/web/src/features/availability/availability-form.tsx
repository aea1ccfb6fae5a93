"use client";

import type { RouterOutputs } from "@kumite/api";
import type { SetAvailabilityInput } from "@kumite/core/availabilities/schema";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useEffect, useEffectEvent, useState } from "react";
import { type FieldErrors, type Resolver, useForm } from "react-hook-form";
import { FormError } from "#components/ui/form-error.tsx";
import { SubmitButton } from "#components/ui/submit-button.tsx";
import { refusalReason } from "#lib/errors.ts";
import { showFieldErrors } from "#lib/form-errors.ts";
import { useCommunity } from "#member/community.ts";
import { useZone } from "#member/zone.tsx";
import { useTRPC, useTRPCClient } from "#trpc/client.tsx";
import {
  type AvailabilityValues,
  availabilityFields,
  fieldsToCheckAgain,
  parseAvailability,
} from "./availability-values.ts";
import type { BookedParts } from "./booked-parts.ts";
import { explainToOwner } from "./explain-to-owner.ts";
import { MoreFields } from "./more-fields.tsx";
import { postOnce } from "./post-once.ts";
import { useRefresh } from "./refresh.ts";
import { WhatFields } from "./what-fields.tsx";
import { WhenFields } from "./when-fields.tsx";

type Availability = RouterOutputs["availability"]["get"];

type AvailabilityFormProps = {
  initial: AvailabilityValues;
  /** The availability to edit; without it, the form posts a new one. */
  id?: string;
  /** The parts that booked seats fix: their fields cannot be changed. */
  booked?: BookedParts | undefined;
  /** Shows the essential fields, and the rest on demand. */
  compact?: boolean;
  /** A cancel button, next to the submit button. */
  cancel?: ReactNode;
  onSaved: (availability: Availability) => void;
};

/** Posts or edits an availability. Times are clock readings in the member's zone, which must not change while it is shown. */
export function AvailabilityForm({
  initial,
  id,
  booked,
  compact = false,
  cancel,
  onSaved,
}: AvailabilityFormProps) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const zone = useZone();
  const { types: known } = useCommunity();
  const refresh = useRefresh();
  const form = useForm<AvailabilityValues, unknown, SetAvailabilityInput>({
    defaultValues: initial,
    resolver: resolve,
  });
  const { errors } = form.formState;
  const set = (input: SetAvailabilityInput) => client.availability.set.mutate(input);
  const [post] = useState(() => postOnce(set));
  const save = useMutation({
    mutationFn: id === undefined ? post : set,
    onSuccess: (availability) => {
      const { owner, id } = availability;
      queryClient.setQueryData(trpc.availability.get.queryKey({ owner, id }), availability);
      refresh();
      onSaved(availability);
    },
    onError: (error) => showFieldErrors(error, availabilityFields, form.setError),
  });

  // Removes messages whose cause is gone.
  const forget = useEffectEvent((changed: string | undefined) => {
    if (save.isError) save.reset();
    const stale = fieldsToCheckAgain(changed, Object.keys(form.formState.errors));
    if (stale.length > 0) void form.trigger(stale);
  });
  useEffect(() => {
    const watching = form.watch((_values, { name }) => forget(name));
    return () => watching.unsubscribe();
  }, [form]);

  function send(event: FormEvent) {
    // The server's last message is outdated now, even if the browser's check fails first.
    if (save.isError) save.reset();
    void form.handleSubmit((input) => save.mutate(input))(event);
  }

  function resolve(
    values: AvailabilityValues,
  ): ReturnType<Resolver<AvailabilityValues, unknown, SetAvailabilityInput>> {
    const parsed = parseAvailability(values, { zone, known, id, seats: booked?.seats });
    if ("input" in parsed) return { values: parsed.input, errors: {} };
    const found = Object.entries(parsed.errors).map(([name, message]) => [name, { type: "input", message }]);
    return { values: {}, errors: Object.fromEntries(found) as FieldErrors<AvailabilityValues> };
  }
  const hasFieldErrors = Object.keys(errors).length > 0;
  const hasHiddenErrors = Boolean(errors.cohorts || errors.location || errors.link || errors.description);
  return (
    <form noValidate className="grid gap-7" onSubmit={send}>
      <WhenFields form={form} disabled={booked !== undefined} />
      <WhatFields form={form} booked={booked} />
      {compact ? (
        <details className="group" open={hasHiddenErrors || undefined}>
          <summary className="link w-fit text-sm">For whom, where, notes</summary>
          <div className="mt-5 grid gap-7">
            <MoreFields form={form} />
          </div>
        </details>
      ) : (
        <MoreFields form={form} />
      )}
      <Failure error={save.error} hasFieldErrors={hasFieldErrors} />
      <div className="flex flex-wrap justify-end gap-3">
        {cancel}
        <SubmitButton pending={save.isPending}>{id === undefined ? "Post" : "Save"}</SubmitButton>
      </div>
    </form>
  );
}

// The message at the field does not explain these enough.
const explainedToo: readonly unknown[] = ["HAS_BOOKINGS", "OWNER_BUSY"];

/** Shows an error of the whole form. Does not repeat messages that are shown at fields. */
function Failure({ error, hasFieldErrors }: { error: unknown; hasFieldErrors: boolean }) {
  if (!error || (hasFieldErrors && !explainedToo.includes(refusalReason(error)))) return null;
  const { title, detail, requestId } = explainToOwner(error);
  return (
    <FormError>
      <strong className="block">{title}</strong>
      {detail}
      {requestId && <span className="block">Request {requestId}</span>}
    </FormError>
  );
}
