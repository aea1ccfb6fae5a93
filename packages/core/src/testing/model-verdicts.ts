/** Which calls the contract refuses in a given state of the model, and for which reasons. */
import type {
  AvailabilityWish,
  Model,
  ModelAvailability,
  ModelMeeting,
  ModelMember,
  ModelSpan,
  SeatWish,
} from "./model.ts";

/**
 * The reasons for which a call may be refused. With any in `must`, it is refused; with any in `may` only, it may be
 * refused; otherwise it succeeds.
 */
export interface Verdict {
  readonly must: readonly string[];
  readonly may: readonly string[];
}

/** Keeps the reasons that apply. */
function verdict(must: Record<string, boolean>, may: Record<string, boolean> = {}): Verdict {
  const applying = (reasons: Record<string, boolean>) =>
    Object.keys(reasons).filter((reason) => reasons[reason]);
  return { must: applying(must), may: applying(may) };
}

export function postVerdict(model: Model, owner: ModelMember, wish: AvailabilityWish): Verdict {
  return verdict({
    IN_THE_PAST: wish.start <= model.clock,
    ...tooFar(model, wish),
    OWNER_BUSY: hasNoStart(model, model.planned("", owner, wish)),
  });
}

/** @param owner the member who edits */
export function editVerdict(
  model: Model,
  availability: ModelAvailability | undefined,
  owner: ModelMember,
  wish: AvailabilityWish,
): Verdict {
  if (!availability || availability.owner !== owner)
    return verdict({ NOT_FOUND: true, NOT_YOURS: availability !== undefined });
  const edited = model.planned(availability.id, owner, wish, availability);
  const seats = model.seats(availability);
  const breaks = seats.some(
    (seat) =>
      (seats.length > edited.max && !edited.several) ||
      edited.several !== availability.several ||
      edited.max > 1 !== availability.max > 1 ||
      !edited.types.includes(seat.type) ||
      (edited.max > 1
        ? seat.start !== edited.start || seat.end !== edited.end
        : seat.start < edited.start || seat.end > edited.end),
  );
  return verdict({
    IN_THE_PAST: wish.start <= model.clock,
    ...tooFar(model, wish),
    HAS_BOOKINGS: breaks,
    OWNER_BUSY:
      (availability.withdrawn || availability.end <= model.clock || hasOtherTimes(availability, edited)) &&
      hasNoStart(model, edited),
  });
}

export function deleteVerdict(
  model: Model,
  availability: ModelAvailability | undefined,
  owner: ModelMember,
): Verdict {
  if (!availability || availability.owner !== owner)
    return verdict({ NOT_FOUND: true, NOT_YOURS: availability !== undefined });
  return verdict({ HAS_BOOKINGS: model.seats(availability).length > 0 });
}

export function withdrawVerdict(
  model: Model,
  availability: ModelAvailability | undefined,
  owner: ModelMember,
): Verdict {
  if (!availability || availability.owner !== owner) return verdict({ NOT_FOUND: true });
  return verdict({ IN_THE_PAST: !availability.withdrawn && availability.end <= model.clock });
}

export function bookVerdict(
  model: Model,
  availability: ModelAvailability | undefined,
  member: ModelMember,
  wish: SeatWish,
): Verdict {
  if (!availability) return verdict({ NOT_FOUND: true });
  const held = model.held(availability, member);
  const repeats = held && (wish.start ?? held.start) === held.start && (wish.type ?? held.type) === held.type;
  if (repeats) return verdict({});
  const { start, type } = model.chosen(availability, wish);
  const lastStart = availability.end - availability.duration;
  const span = start === undefined ? undefined : { start, end: start + availability.duration };
  return verdict({
    OWN_AVAILABILITY: availability.owner === member,
    ALREADY_BOOKED:
      model.status(availability) !== "SCHEDULED" ||
      held !== undefined ||
      (span !== undefined &&
        model.taken(availability).some((one) => one.start < span.end && span.start < one.end)),
    BOOKED_TOO_OFTEN: cancelations(model, availability, member) >= 3,
    COHORT_NOT_ALLOWED: member.cohort === null || !availability.cohorts.includes(member.cohort),
    TYPE_NOT_OFFERED: type !== undefined && !availability.types.includes(type),
    OUTSIDE_WINDOW: start !== undefined && (start < availability.start || start > lastStart),
    IN_THE_PAST: (start ?? lastStart) < model.clock,
    OVERLAPS_MEETING: span !== undefined && isBusy(model, member, span),
    OWNER_BUSY: span !== undefined && isBusy(model, availability.owner, span, availability),
    BAD_REQUEST: start === undefined || type === undefined,
  });
}

export function cancelVerdict(model: Model, meeting: ModelMeeting | undefined, member: ModelMember): Verdict {
  if (!meeting) return verdict({ NOT_FOUND: true });
  if (meeting.owner !== member && meeting.participant !== member) {
    return verdict({ NOT_YOURS: true, NOT_FOUND: true });
  }
  if (meeting.canceledBy === member.username) return verdict({});
  return verdict(
    { ALREADY_CANCELED: meeting.canceledBy !== undefined, IN_THE_PAST: meeting.end <= model.clock },
    // The contract does not say whether a meeting in progress can be canceled.
    { IN_THE_PAST: meeting.start < model.clock },
  );
}

const yearInMinutes = 366 * 24 * 60;

function tooFar(model: Model, wish: AvailabilityWish): Record<string, boolean> {
  return { BAD_REQUEST: wish.start > model.clock + yearInMinutes };
}

function hasOtherTimes(a: ModelAvailability, b: ModelAvailability): boolean {
  return (["start", "end", "duration", "max", "several"] as const).some((field) => a[field] !== b[field]);
}

/** Whether an availability is bookable, but its owner's other meetings leave no start. */
function hasNoStart(model: Model, availability: ModelAvailability): boolean {
  return (
    model.status(availability) === "SCHEDULED" &&
    model.lastStart(availability, model.busy(availability.owner, availability)) === undefined
  );
}

/** @param except the availability whose own meetings do not count */
function isBusy(model: Model, member: ModelMember, span: ModelSpan, except?: ModelAvailability): boolean {
  return model
    .meetingsOf(member)
    .some(
      (meeting) =>
        meeting.availabilityId !== except?.id && meeting.start < span.end && span.start < meeting.end,
    );
}

/** How often a participant has canceled a booking in an availability. */
function cancelations(model: Model, availability: ModelAvailability, { username }: ModelMember): number {
  return [...model.meetings.values()].filter(
    ({ availabilityId, participant, canceledBy }) =>
      availabilityId === availability.id && participant.username === username && canceledBy === username,
  ).length;
}
