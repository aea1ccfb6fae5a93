/**
 * Kumite in memory, for one caller at a time: what its contract promises, written from the contract and the decisions,
 * and not from the code. Times are whole minutes from a beginning that is the same for all.
 */

export interface ModelMember {
  readonly username: string;
  readonly displayName: string;
  readonly cohort: string | null;
}

export interface ModelWindow {
  readonly owner: ModelMember;
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly duration: number;
  readonly types: readonly string[];
  readonly cohorts: readonly string[];
  readonly max: number;
  readonly location: string;
  readonly description: string;
  readonly withdrawn: boolean;
}

export interface ModelMeeting {
  readonly id: string;
  readonly availabilityId: string;
  readonly owner: ModelMember;
  readonly participant: ModelMember;
  readonly start: number;
  readonly end: number;
  readonly type: string;
  readonly location: string;
  readonly description: string;
  readonly canceledBy?: string;
  readonly cancelReason?: string | undefined;
}

/** What a window is posted or edited with; what is left out has a default, or stays. */
export interface WindowWish {
  readonly start: number;
  readonly end: number;
  readonly types: readonly string[];
  readonly cohorts: readonly string[];
  readonly duration?: number | undefined;
  readonly max?: number | undefined;
  readonly location?: string | undefined;
  readonly description?: string | undefined;
}

export interface SeatWish {
  readonly start?: number | undefined;
  readonly type?: string | undefined;
}

/** Reasons for which a call may be refused; where none `must`, it may succeed, and does unless one `may`. */
export interface Verdict {
  readonly must: readonly string[];
  readonly may: readonly string[];
}

/** What each reason says, and whether it applies. */
function verdict(must: Record<string, boolean>, may: Record<string, boolean> = {}): Verdict {
  const applying = (reasons: Record<string, boolean>) =>
    Object.keys(reasons).filter((reason) => reasons[reason]);
  return { must: applying(must), may: applying(may) };
}

const yearInMinutes = 366 * 24 * 60;

export class Model {
  /** Not on a quarter of an hour, so that no start is ever exactly now. */
  clock = 7;
  readonly windows = new Map<string, ModelWindow>();
  readonly meetings = new Map<string, ModelMeeting>();
  /** The windows posted by an idempotency key, by owner and key: the id stays theirs when the window is deleted. */
  readonly keys = new Map<string, string>();

  readonly defaultLocation: string;

  constructor(defaultLocation: string) {
    this.defaultLocation = defaultLocation;
  }

  /** The meetings that hold a window's seats. */
  seats(window: ModelWindow): ModelMeeting[] {
    return [...this.meetings.values()].filter(
      (meeting) => meeting.availabilityId === window.id && !meeting.canceledBy,
    );
  }

  status(window: ModelWindow): "SCHEDULED" | "BOOKED" | "CANCELED" {
    if (window.withdrawn) return "CANCELED";
    return this.seats(window).length >= window.max ? "BOOKED" : "SCHEDULED";
  }

  postVerdict(wish: WindowWish): Verdict {
    return verdict({ IN_THE_PAST: wish.start <= this.clock, ...this.#tooFar(wish) });
  }

  /** @param owner who asks for the edit; the window is theirs, or nobody's */
  editVerdict(window: ModelWindow | undefined, owner: ModelMember, wish: WindowWish): Verdict {
    if (!window || window.owner !== owner)
      return verdict({ NOT_FOUND: true, NOT_YOURS: window !== undefined });
    const edited = this.planned(window.id, owner, wish, window);
    const seats = this.seats(window);
    const breaks = seats.some(
      (seat) =>
        seats.length > edited.max ||
        edited.max > 1 !== window.max > 1 ||
        !edited.types.includes(seat.type) ||
        (edited.max > 1
          ? seat.start !== edited.start || seat.end !== edited.end
          : seat.start < edited.start || seat.end > edited.end),
    );
    return verdict({ IN_THE_PAST: wish.start <= this.clock, ...this.#tooFar(wish), HAS_BOOKINGS: breaks });
  }

  #tooFar(wish: WindowWish): Record<string, boolean> {
    return { BAD_REQUEST: wish.start > this.clock + yearInMinutes };
  }

  /** The window that posting makes, or editing makes of `former`. */
  planned(id: string, owner: ModelMember, wish: WindowWish, former?: ModelWindow): ModelWindow {
    const { start, end, types, cohorts } = wish;
    const max = wish.max ?? former?.max ?? 1;
    const length = end - start;
    const before = former && former.max === 1 ? former.duration : undefined;
    return {
      owner,
      id,
      start,
      end,
      duration: max > 1 ? length : Math.min(wish.duration ?? before ?? 60, length),
      types,
      cohorts,
      max,
      location: (wish.location ?? former?.location) || this.defaultLocation,
      description: wish.description ?? former?.description ?? "",
      withdrawn: false,
    };
  }

  put(window: ModelWindow): void {
    this.windows.set(window.id, window);
    for (const seat of this.seats(window)) {
      const { location, description } = window;
      this.meetings.set(seat.id, { ...seat, location, description });
    }
  }

  deleteVerdict(window: ModelWindow | undefined, owner: ModelMember): Verdict {
    if (!window || window.owner !== owner)
      return verdict({ NOT_FOUND: true, NOT_YOURS: window !== undefined });
    return verdict({ HAS_BOOKINGS: this.seats(window).length > 0 });
  }

  /** The meeting that a member holds in a window. */
  held(window: ModelWindow, member: ModelMember): ModelMeeting | undefined {
    return this.seats(window).find(({ participant }) => participant === member);
  }

  /** The start and type that a booking means, as far as they can be inferred. */
  chosen(window: ModelWindow, wish: SeatWish): SeatWish {
    const onlyStart = window.start + window.duration === window.end ? window.start : undefined;
    const onlyType = window.types.length === 1 || window.max > 1 ? window.types[0] : undefined;
    return { start: wish.start ?? onlyStart, type: wish.type ?? onlyType };
  }

  bookVerdict(window: ModelWindow | undefined, member: ModelMember, wish: SeatWish): Verdict {
    if (!window) return verdict({ NOT_FOUND: true });
    const held = this.held(window, member);
    const repeats =
      held && (wish.start ?? held.start) === held.start && (wish.type ?? held.type) === held.type;
    if (repeats) return verdict({});
    const { start, type } = this.chosen(window, wish);
    const lastStart = window.end - window.duration;
    const span = start === undefined ? undefined : { start, end: start + window.duration };
    return verdict({
      OWN_AVAILABILITY: window.owner === member,
      ALREADY_BOOKED: this.status(window) !== "SCHEDULED" || held !== undefined,
      COHORT_NOT_ALLOWED: member.cohort === null || !window.cohorts.includes(member.cohort),
      TYPE_NOT_OFFERED: type !== undefined && !window.types.includes(type),
      OUTSIDE_WINDOW: start !== undefined && (start < window.start || start > lastStart),
      IN_THE_PAST: (start ?? lastStart) < this.clock,
      OVERLAPS_MEETING: span !== undefined && this.#isBusy(member, span),
      OWNER_BUSY: span !== undefined && this.#isBusy(window.owner, span, window),
      BAD_REQUEST: start === undefined || type === undefined,
    });
  }

  /** @param except the window whose session is no hindrance to another seat in it */
  #isBusy(member: ModelMember, span: { start: number; end: number }, except?: ModelWindow): boolean {
    return [...this.meetings.values()].some(
      (meeting) =>
        !meeting.canceledBy &&
        (meeting.owner === member || meeting.participant === member) &&
        meeting.availabilityId !== except?.id &&
        meeting.start < span.end &&
        span.start < meeting.end,
    );
  }

  cancelVerdict(meeting: ModelMeeting | undefined, member: ModelMember): Verdict {
    if (!meeting) return verdict({ NOT_FOUND: true });
    if (meeting.owner !== member && meeting.participant !== member) {
      return verdict({ NOT_YOURS: true, NOT_FOUND: true });
    }
    if (meeting.canceledBy === member.username) return verdict({});
    return verdict(
      { ALREADY_CANCELED: meeting.canceledBy !== undefined, IN_THE_PAST: meeting.end <= this.clock },
      // Of a meeting that is going on the contract does not say.
      { IN_THE_PAST: meeting.start < this.clock },
    );
  }

  /** Repeating it changes nothing. */
  cancel(meeting: ModelMeeting, member: ModelMember, cancelReason: string | undefined): ModelMeeting {
    if (meeting.canceledBy) return meeting;
    const canceled = { ...meeting, canceledBy: member.username, cancelReason };
    this.meetings.set(meeting.id, canceled);
    const window = this.windows.get(meeting.availabilityId);
    if (window?.max === 1 && window.owner === member) {
      this.windows.set(window.id, { ...window, withdrawn: true });
    }
    return canceled;
  }

  /** Whether search answers a window to a member. */
  isFound(
    window: ModelWindow,
    member: ModelMember,
    span: { from: number; to: number },
    types?: string[],
  ): boolean {
    return (
      this.status(window) === "SCHEDULED" &&
      window.end - window.duration >= this.clock &&
      window.owner !== member &&
      member.cohort !== null &&
      window.cohorts.includes(member.cohort) &&
      !this.held(window, member) &&
      // Its beginning counts as now where that is later: by then it may be over.
      span.to > this.clock &&
      window.start < span.to &&
      window.end > Math.max(span.from, this.clock) &&
      (types === undefined || types.some((type) => window.types.includes(type)))
    );
  }
}
