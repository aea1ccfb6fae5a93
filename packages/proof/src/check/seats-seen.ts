import type { Booking } from "./bookings.ts";
import type { Interval } from "./interval.ts";
import { type ShownAvailability, shownAvailabilities } from "./shown.ts";
import type { Subjects } from "./subjects.ts";

/** Who had a seat at some moment of an interval. */
interface SeatsSeen extends Interval {
  readonly participants: ReadonlySet<string>;
  /** Whether these are all of them: some viewers are shown only themselves. */
  readonly isWhole: boolean;
}

/**
 * Says more narrowly when each meeting was canceled, by who was seen to have a seat. It changes nothing about which orders are
 * right; it keeps the search for one short where many seats are freed at the same time, as a withdrawal does.
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
    // Whoever was seen without their seat had lost it by then; whoever was seen with it had not.
    const gone = looks.filter(
      (look) => look.isWhole && look.start >= created.end && !look.participants.has(participant),
    );
    const there = looks.filter((look) => isOnly && look.participants.has(participant));
    const end = Math.min(canceled.end, ...gone.map(({ end }) => end));
    // Where looks contradict the cancelation, the search has to find that.
    return { start: Math.min(end, Math.max(canceled.start, ...there.map(({ start }) => start))), end };
  };
}

function seatsIn(subjects: Subjects, { member, attempt, availability }: ShownAvailability): SeatsSeen {
  const names = availability.participants.map(({ username }) => username);
  const isWhole = subjects.isOwner(member, availability.id) || names.some((name) => name !== member);
  return { start: attempt.start, end: attempt.end, participants: new Set(names), isWhole };
}
