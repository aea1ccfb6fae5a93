import type { Booking } from "./bookings.ts";
import type { Interval } from "./interval.ts";
import { type ShownAvailability, shownAvailabilities } from "./shown.ts";
import type { Subjects } from "./subjects.ts";

/** The participants who were seen in an availability, at some moment of an interval. */
interface SeatsSeen extends Interval {
  readonly participants: ReadonlySet<string>;
  /** Whether these are all participants: some viewers see only themselves. */
  readonly isWhole: boolean;
}

/**
 * Narrows the time at which each meeting was canceled, from the participants that answers show. This does not change
 * which orders are right. It shortens the search when many seats are freed at the same time, as in a withdrawal.
 */
export function narrowCancelations(subjects: Subjects): (booking: Booking) => Interval | undefined {
  const seen = Map.groupBy(shownAvailabilities(subjects.history), ({ availability }) => availability.id);
  const bookings = Map.groupBy(
    subjects.bookings,
    ({ meeting }) => `${meeting.availabilityId} ${meeting.participant}`,
  );
  return ({ meeting, created, canceled }) => {
    if (!canceled) return undefined;
    const { availabilityId, participant } = meeting;
    const looks = (seen.get(availabilityId) ?? []).map((shown) => seatsIn(subjects, shown));
    const isOnly = bookings.get(`${availabilityId} ${participant}`)?.length === 1;
    // A participant who is missing in an answer has lost the seat by then; one who is shown still has it.
    const gone = looks.filter(
      (look) => look.isWhole && look.start >= created.end && !look.participants.has(participant),
    );
    const there = looks.filter((look) => isOnly && look.participants.has(participant));
    const end = Math.min(canceled.end, ...gone.map(({ end }) => end));
    // If looks contradict the cancelation, the search must find that.
    return { start: Math.min(end, Math.max(canceled.start, ...there.map(({ start }) => start))), end };
  };
}

function seatsIn(subjects: Subjects, { member, attempt, availability }: ShownAvailability): SeatsSeen {
  const names = availability.participants.map(({ username }) => username);
  const isWhole = subjects.isOwner(member, availability.id) || names.some((name) => name !== member);
  return { start: attempt.start, end: attempt.end, participants: new Set(names), isWhole };
}
