/**
 * Kumite in memory, for one caller at a time. It is written from the contract and the decisions, not from the code.
 * Times are whole minutes from a common starting point.
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

export interface ModelAvailability {
  readonly owner: ModelMember;
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly duration: number;
  readonly types: readonly string[];
  readonly cohorts: readonly string[];
  readonly max: number;
  readonly several: boolean;
  /** Times that the owner closed by canceling a meeting. */
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

/** The input to post or edit an availability. Fields that are left out have a default, or stay. */
export interface AvailabilityWish {
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

export class Model {
  /** Not on a quarter of an hour, so that no start is exactly now. */
  clock = 7;
  readonly availabilities = new Map<string, ModelAvailability>();
  readonly meetings = new Map<string, ModelMeeting>();
  /**
   * The ids of availabilities posted with an idempotency key, by owner and key. An id stays even if the availability is
   * deleted.
   */
  readonly keys = new Map<string, string>();

  readonly defaultLocation: string;

  constructor(defaultLocation: string) {
    this.defaultLocation = defaultLocation;
  }

  /** The meetings of an availability's taken seats. */
  seats(availability: ModelAvailability): ModelMeeting[] {
    return [...this.meetings.values()].filter(
      (meeting) => meeting.availabilityId === availability.id && !meeting.canceledBy,
    );
  }

  status(availability: ModelAvailability): "SCHEDULED" | "BOOKED" | "CANCELED" {
    if (availability.withdrawn) return "CANCELED";
    if (availability.several) return this.lastStart(availability) === undefined ? "BOOKED" : "SCHEDULED";
    return this.seats(availability).length >= availability.max ? "BOOKED" : "SCHEDULED";
  }

  /** The times in a one-to-one availability that cannot be booked, in order. */
  taken(availability: ModelAvailability): ModelSpan[] {
    if (availability.max > 1) return [];
    return [...this.seats(availability), ...availability.closed]
      .map(({ start, end }) => ({ start, end }))
      .sort((a, b) => a.start - b.start);
  }

  /** The scheduled meetings of a member, as owner and as participant. */
  meetingsOf(member: ModelMember): ModelMeeting[] {
    return [...this.meetings.values()].filter(
      (meeting) => !meeting.canceledBy && (meeting.owner === member || meeting.participant === member),
    );
  }

  /**
   * The parts of a member's other meetings that overlap an availability, in order. The meetings of one group count as
   * one.
   */
  busy(member: ModelMember, availability: ModelAvailability): ModelSpan[] {
    const sessions = this.meetingsOf(member)
      .filter(({ availabilityId }) => availabilityId !== availability.id)
      .map((meeting) => [`${meeting.availabilityId} ${meeting.start}`, meeting] as const);
    return [...new Map(sessions).values()]
      .map(({ start, end }) => ({
        start: Math.max(start, availability.start),
        end: Math.min(end, availability.end),
      }))
      .filter(({ start, end }) => start < end)
      .sort((a, b) => a.start - b.start);
  }

  /**
   * The last minute at which a meeting can start in an availability, outside the taken times; undefined if none can.
   */
  lastStart(availability: ModelAvailability, busy: readonly ModelSpan[] = []): number | undefined {
    const spans = [...(availability.several ? this.taken(availability) : []), ...busy];
    for (let start = availability.end - availability.duration; start >= availability.start; start--) {
      const end = start + availability.duration;
      if (!spans.some((span) => span.start < end && start < span.end)) return start;
    }
    return undefined;
  }

  /** The availability after posting it, or after editing `former`. */
  planned(
    id: string,
    owner: ModelMember,
    wish: AvailabilityWish,
    former?: ModelAvailability,
  ): ModelAvailability {
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

  put(availability: ModelAvailability): void {
    this.availabilities.set(availability.id, availability);
    for (const seat of this.seats(availability)) {
      const { location, link, description } = availability;
      this.meetings.set(seat.id, { ...seat, location, link, description });
    }
  }

  /** The meeting that a member has in an availability. */
  held(availability: ModelAvailability, member: ModelMember): ModelMeeting | undefined {
    return this.seats(availability).find(({ participant }) => participant === member);
  }

  /** The start and type of a booking, as far as they can be inferred. */
  chosen(availability: ModelAvailability, wish: SeatWish): SeatWish {
    const onlyStart = this.lastStart(availability) === availability.start ? availability.start : undefined;
    const onlyType =
      availability.types.length === 1 || availability.max > 1 ? availability.types[0] : undefined;
    return { start: wish.start ?? onlyStart, type: wish.type ?? onlyType };
  }

  /** Idempotent. */
  withdraw(availability: ModelAvailability, cancelReason: string | undefined): ModelAvailability {
    for (const seat of this.seats(availability)) {
      this.meetings.set(seat.id, { ...seat, canceledBy: availability.owner.username, cancelReason });
    }
    const withdrawn = { ...availability, withdrawn: true };
    this.availabilities.set(availability.id, withdrawn);
    return withdrawn;
  }

  /** Idempotent. */
  cancel(meeting: ModelMeeting, member: ModelMember, cancelReason: string | undefined): ModelMeeting {
    if (meeting.canceledBy) return meeting;
    const canceled = { ...meeting, canceledBy: member.username, cancelReason };
    this.meetings.set(meeting.id, canceled);
    const availability = this.availabilities.get(meeting.availabilityId);
    if (availability?.max === 1 && availability.owner === member) {
      const { start, end } = meeting;
      const changed = availability.several
        ? { ...availability, closed: [...availability.closed, { start, end }] }
        : { ...availability, withdrawn: true };
      this.availabilities.set(availability.id, changed);
    }
    return canceled;
  }

  /** Whether search shows an availability to a member. */
  isFound(
    availability: ModelAvailability,
    member: ModelMember,
    span: { from: number; to: number },
    types?: string[],
  ): boolean {
    const lastStart = this.lastStart(availability, this.busy(availability.owner, availability));
    return (
      this.status(availability) === "SCHEDULED" &&
      lastStart !== undefined &&
      lastStart >= this.clock &&
      availability.owner !== member &&
      member.cohort !== null &&
      availability.cohorts.includes(member.cohort) &&
      !this.held(availability, member) &&
      // A start of the span in the past counts as now; the span may be over by then.
      span.to > this.clock &&
      availability.start < span.to &&
      availability.end > Math.max(span.from, this.clock) &&
      (types === undefined || types.some((type) => availability.types.includes(type)))
    );
  }
}
