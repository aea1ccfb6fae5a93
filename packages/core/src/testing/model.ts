/**
 * Kumite in memory, for one caller at a time: what its contract promises, written from the contract and the decisions,
 * and not from the code. Times are whole minutes from a beginning that is the same for all.
 */

export interface ModelMember {
  readonly username: string;
  readonly displayName: string;
  readonly cohort: string | null;
}

export interface ModelSpan {
  readonly start: number;
  readonly end: number;
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
  readonly several: boolean;
  /** Times that the owner closed by canceling a meeting then. */
  readonly closed: readonly ModelSpan[];
  readonly location: string;
  readonly link: string;
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
  readonly link: string;
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
  readonly bookings?: "one" | "several" | undefined;
  readonly link?: string | undefined;
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

function hasOtherTimes(a: ModelWindow, b: ModelWindow): boolean {
  return (["start", "end", "duration", "max", "several"] as const).some((field) => a[field] !== b[field]);
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
    if (window.several) return this.lastStart(window) === undefined ? "BOOKED" : "SCHEDULED";
    return this.seats(window).length >= window.max ? "BOOKED" : "SCHEDULED";
  }

  /** The times in a one-to-one window that cannot be booked, in order. */
  taken(window: ModelWindow): ModelSpan[] {
    if (window.max > 1) return [];
    return [...this.seats(window), ...window.closed]
      .map(({ start, end }) => ({ start, end }))
      .sort((a, b) => a.start - b.start);
  }

  /** The parts of a member's meetings that lie in a window, but for its own, in order. A group's meetings count as one. */
  busy(member: ModelMember, window: ModelWindow): ModelSpan[] {
    const sessions = this.#meetingsOf(member)
      .filter(({ availabilityId }) => availabilityId !== window.id)
      .map((meeting) => [`${meeting.availabilityId} ${meeting.start}`, meeting] as const);
    return [...new Map(sessions).values()]
      .map(({ start, end }) => ({ start: Math.max(start, window.start), end: Math.min(end, window.end) }))
      .filter(({ start, end }) => start < end)
      .sort((a, b) => a.start - b.start);
  }

  /** The last minute at which a meeting can start in a window beside what is taken; undefined where none can. */
  lastStart(window: ModelWindow, busy: readonly ModelSpan[] = []): number | undefined {
    const spans = [...(window.several ? this.taken(window) : []), ...busy];
    for (let start = window.end - window.duration; start >= window.start; start--) {
      const end = start + window.duration;
      if (!spans.some((span) => span.start < end && start < span.end)) return start;
    }
    return undefined;
  }

  /** Whether no meeting can start in a window that can be booked, because its owner has others. */
  #hasNoStart(window: ModelWindow): boolean {
    return (
      this.status(window) === "SCHEDULED" &&
      this.lastStart(window, this.busy(window.owner, window)) === undefined
    );
  }

  postVerdict(owner: ModelMember, wish: WindowWish): Verdict {
    return verdict({
      IN_THE_PAST: wish.start <= this.clock,
      ...this.#tooFar(wish),
      OWNER_BUSY: this.#hasNoStart(this.planned("", owner, wish)),
    });
  }

  /** @param owner who asks for the edit; the window is theirs, or nobody's */
  editVerdict(window: ModelWindow | undefined, owner: ModelMember, wish: WindowWish): Verdict {
    if (!window || window.owner !== owner)
      return verdict({ NOT_FOUND: true, NOT_YOURS: window !== undefined });
    const edited = this.planned(window.id, owner, wish, window);
    const seats = this.seats(window);
    const breaks = seats.some(
      (seat) =>
        (seats.length > edited.max && !edited.several) ||
        edited.several !== window.several ||
        edited.max > 1 !== window.max > 1 ||
        !edited.types.includes(seat.type) ||
        (edited.max > 1
          ? seat.start !== edited.start || seat.end !== edited.end
          : seat.start < edited.start || seat.end > edited.end),
    );
    return verdict({
      IN_THE_PAST: wish.start <= this.clock,
      ...this.#tooFar(wish),
      HAS_BOOKINGS: breaks,
      OWNER_BUSY:
        (window.withdrawn || window.end <= this.clock || hasOtherTimes(window, edited)) &&
        this.#hasNoStart(edited),
    });
  }

  #tooFar(wish: WindowWish): Record<string, boolean> {
    return { BAD_REQUEST: wish.start > this.clock + yearInMinutes };
  }

  /** The window that posting makes, or editing makes of `former`. */
  planned(id: string, owner: ModelMember, wish: WindowWish, former?: ModelWindow): ModelWindow {
    const { start, end, types, cohorts } = wish;
    const max = wish.max ?? former?.max ?? 1;
    const length = end - start;
    const several = max === 1 && (wish.bookings ?? (former?.several ? "several" : "one")) === "several";
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
      several,
      closed: several && former && !former.withdrawn ? former.closed : [],
      link: wish.link ?? former?.link ?? "",
      location: (wish.location ?? former?.location) || this.defaultLocation,
      description: wish.description ?? former?.description ?? "",
      withdrawn: false,
    };
  }

  put(window: ModelWindow): void {
    this.windows.set(window.id, window);
    for (const seat of this.seats(window)) {
      const { location, link, description } = window;
      this.meetings.set(seat.id, { ...seat, location, link, description });
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
    const onlyStart = this.lastStart(window) === window.start ? window.start : undefined;
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
      ALREADY_BOOKED:
        this.status(window) !== "SCHEDULED" ||
        held !== undefined ||
        (span !== undefined &&
          this.taken(window).some((one) => one.start < span.end && span.start < one.end)),
      BOOKED_TOO_OFTEN: this.#cancelations(window, member) >= 3,
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
  #isBusy(member: ModelMember, span: ModelSpan, except?: ModelWindow): boolean {
    return this.#meetingsOf(member).some(
      (meeting) =>
        meeting.availabilityId !== except?.id && meeting.start < span.end && span.start < meeting.end,
    );
  }

  #meetingsOf(member: ModelMember): ModelMeeting[] {
    return [...this.meetings.values()].filter(
      (meeting) => !meeting.canceledBy && (meeting.owner === member || meeting.participant === member),
    );
  }

  /** How often a participant has canceled a booking of a window. */
  #cancelations(window: ModelWindow, { username }: ModelMember): number {
    return [...this.meetings.values()].filter(
      ({ availabilityId, participant, canceledBy }) =>
        availabilityId === window.id && participant.username === username && canceledBy === username,
    ).length;
  }

  withdrawVerdict(window: ModelWindow | undefined, owner: ModelMember): Verdict {
    if (!window || window.owner !== owner) return verdict({ NOT_FOUND: true });
    return verdict({ IN_THE_PAST: !window.withdrawn && window.end <= this.clock });
  }

  /** Repeating it changes nothing. */
  withdraw(window: ModelWindow, cancelReason: string | undefined): ModelWindow {
    for (const seat of this.seats(window)) {
      this.meetings.set(seat.id, { ...seat, canceledBy: window.owner.username, cancelReason });
    }
    const withdrawn = { ...window, withdrawn: true };
    this.windows.set(window.id, withdrawn);
    return withdrawn;
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
      const { start, end } = meeting;
      const changed = window.several
        ? { ...window, closed: [...window.closed, { start, end }] }
        : { ...window, withdrawn: true };
      this.windows.set(window.id, changed);
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
    const lastStart = this.lastStart(window, this.busy(window.owner, window));
    return (
      this.status(window) === "SCHEDULED" &&
      lastStart !== undefined &&
      lastStart >= this.clock &&
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
