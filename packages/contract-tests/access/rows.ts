import { community } from "@kumite/core/community";
import { newEmail } from "./pool.ts";
import type { Scene } from "./scene.ts";

// biome-ignore lint/suspicious/noExplicitAny: any procedure's answer, which its row reads
export type Json = any;

export interface Row {
  input: (scene: Scene) => unknown;
  /** What a successful answer shows, in a word. */
  shown: (data: Json, scene: Scene, caller: string) => string;
  /** The expected outcome, by caller. */
  anonymous: string;
  owner: string;
  participant: string;
  outsider: string;
  /** Default: the outsider's outcome, because an admin has no more rights on other members' data. */
  admin?: string;
}

const everyone = (outcome: string) => ({
  anonymous: outcome,
  owner: outcome,
  participant: outcome,
  outsider: outcome,
});
const has = (items: { id: string }[], { id }: { id: string }) => items.some((item) => item.id === id);
const key = ({ availability: { owner, id } }: Scene) => ({ owner, id });
const span = ({ availability: { startTime, endTime } }: Scene) => ({ from: startTime, to: endTime });

const unchangedCommunity = {
  name: community.name,
  defaultLocation: community.defaultLocation,
  cohorts: community.cohorts.map((id) => ({ id, label: id })),
  types: community.types,
};

/**
 * What each procedure answers to each kind of member. If a procedure has several rows, words after its name say which.
 */
export const rows: Record<string, Row> = {
  "community.get": {
    input: () => undefined,
    shown: (data) => (data.cohorts.length > 0 ? "shown" : "WRONG"),
    ...everyone("shown"),
  },
  "community.settings": {
    input: () => undefined,
    shown: (data) => (data.types.length > 0 ? "shown" : "WRONG"),
    ...everyone("NOT_ADMIN"),
    admin: "shown",
  },
  "community.set, with an unknown revision": {
    input: () => ({ revision: 999, ...unchangedCommunity }),
    shown: () => "WRONG",
    ...everyone("NOT_ADMIN"),
    admin: "CHANGED_MEANWHILE",
  },
  "user.get, the caller": {
    input: () => ({}),
    shown: (data, _, caller) => (data.username === caller && "email" in data ? "own" : "WRONG"),
    ...everyone("own"),
  },
  "user.get, the owner": {
    input: ({ owner }) => ({ username: owner }),
    shown: (data) => ("email" in data || "notifications" in data ? "own" : "public"),
    ...everyone("public"),
    owner: "own",
  },
  "user.set": {
    input: () => ({ bio: "Changed" }),
    shown: (data, _, caller) => (data.username === caller ? "own" : "WRONG"),
    ...everyone("own"),
  },
  "user.block": {
    input: ({ outsider }) => ({ username: outsider }),
    shown: ({ blocked }, { outsider }) =>
      blocked.length === 1 && blocked[0].username === outsider && !("email" in blocked[0])
        ? "blocked"
        : "WRONG",
    ...everyone("blocked"),
    outsider: "BAD_REQUEST",
    admin: "blocked",
  },
  "user.unblock": {
    input: ({ outsider }) => ({ username: outsider }),
    shown: ({ blocked }) => (blocked.length === 0 ? "done" : "WRONG"),
    ...everyone("done"),
  },
  "user.listBlocked": {
    input: () => undefined,
    shown: ({ blocked }) => (blocked.length === 0 ? "own" : "WRONG"),
    ...everyone("own"),
  },
  "user.export": {
    input: () => ({}),
    shown: (data, { availability, meeting }, caller) => {
      const own = [...data.availabilities.map(({ owner }: Json) => owner === caller)];
      const part = data.meetings.map(({ owner, participant }: Json) => [owner, participant].includes(caller));
      if (data.profile.username !== caller || [...own, ...part].includes(false)) return "WRONG";
      return (
        [has(data.availabilities, availability) && "availability", has(data.meetings, meeting) && "meeting"]
          .filter(Boolean)
          .join("+") || "own"
      );
    },
    ...everyone("own"),
    owner: "availability+meeting",
    participant: "meeting",
  },
  "user.refreshEmail": {
    input: () => ({}),
    shown: (data, _, caller) => (data.username === caller && data.email === newEmail ? "own" : "WRONG"),
    ...everyone("own"),
  },
  "user.delete": {
    input: () => ({ displayName: "A member" }),
    shown: (data) => ("deletedAt" in data ? "deleted" : "WRONG"),
    ...everyone("deleted"),
  },
  "user.delete, with a wrong name": {
    input: () => ({ displayName: "Another" }),
    shown: () => "WRONG",
    ...everyone("BAD_REQUEST"),
  },
  "availability.set, a new one": {
    input: ({ input }) => input,
    shown: (data, { availability }, caller) =>
      data.owner === caller && data.id !== availability.id ? "own" : "WRONG",
    ...everyone("own"),
    // They have a meeting at that time.
    owner: "OWNER_BUSY",
    participant: "OWNER_BUSY",
  },
  "availability.set, an edit": {
    input: ({ input, availability }) => ({ ...input, id: availability.id, description: "Changed" }),
    shown: (data, { availability }) => (data.id === availability.id ? "changed" : "WRONG"),
    ...everyone("NOT_FOUND"),
    owner: "changed",
  },
  "availability.get": {
    input: key,
    shown: (data, { availability }) => (data.id === availability.id ? "shown" : "WRONG"),
    ...everyone("shown"),
  },
  "availability.get, its link": {
    input: key,
    shown: ({ link }, { availability }) =>
      link === undefined ? "no link" : link === availability.link ? "link" : "WRONG",
    ...everyone("no link"),
    owner: "link",
  },
  "availability.get, its people": {
    input: key,
    shown: ({ participants }) => (participants.length > 0 ? "shown" : "nobody"),
    ...everyone("shown"),
    outsider: "nobody",
  },
  "availability.list": {
    input: () => ({}),
    shown: ({ items }, { availability }) =>
      has(items, availability) ? "found" : items.length > 0 ? "WRONG" : "nothing",
    ...everyone("nothing"),
    owner: "found",
  },
  "availability.search": {
    input: (scene) => ({ ...span(scene), limit: 100 }),
    shown: ({ items }, { availability }) => (has(items, availability) ? "found" : "not found"),
    ...everyone("not found"),
    anonymous: "found",
  },
  "availability.delete": {
    input: ({ availability }) => ({ id: availability.id }),
    shown: () => "deleted",
    ...everyone("NOT_FOUND"),
    owner: "HAS_BOOKINGS",
  },
  "availability.withdraw": {
    input: ({ availability }) => ({ id: availability.id }),
    shown: (data, { availability }) =>
      data.id === availability.id && data.status === "CANCELED" ? "withdrawn" : "WRONG",
    ...everyone("NOT_FOUND"),
    owner: "withdrawn",
  },
  "availability.book": {
    input: key,
    shown: (data, { meeting }, caller) =>
      data.participant !== caller ? "WRONG" : data.id === meeting.id ? "the same" : "booked",
    anonymous: "booked",
    owner: "OWN_AVAILABILITY",
    participant: "the same",
    outsider: "COHORT_NOT_ALLOWED",
  },
  "meeting.get": {
    input: ({ meeting }) => ({ id: meeting.id }),
    shown: (data, { meeting }) => (data.id === meeting.id ? "shown" : "WRONG"),
    ...everyone("NOT_YOURS"),
    owner: "shown",
    participant: "shown",
  },
  "meeting.get, its link": {
    input: ({ meeting }) => ({ id: meeting.id }),
    shown: ({ link }, { availability }) => (link === availability.link ? "link" : "WRONG"),
    ...everyone("NOT_YOURS"),
    owner: "link",
    participant: "link",
  },
  "meeting.list": {
    input: () => ({}),
    shown: ({ items }, { meeting }) =>
      has(items, meeting) ? "found" : items.length > 0 ? "WRONG" : "nothing",
    ...everyone("nothing"),
    owner: "found",
    participant: "found",
  },
  "meeting.cancel": {
    input: ({ meeting }) => ({ id: meeting.id }),
    shown: (data, _, caller) => (data.canceledBy === caller ? "canceled" : "WRONG"),
    ...everyone("NOT_YOURS"),
    owner: "canceled",
    participant: "canceled",
  },
  "calendar.get": {
    input: span,
    shown: ({ availabilities, meetings }, { availability, meeting }) =>
      [has(availabilities, availability) && "availability", has(meetings, meeting) && "meeting"]
        .filter(Boolean)
        .join("+") || (availabilities.length + meetings.length > 0 ? "WRONG" : "nothing"),
    ...everyone("nothing"),
    owner: "availability+meeting",
    participant: "meeting",
  },
};

/** The procedure that a row is about. */
export const procedureOf = (row: string) => row.split(",")[0] ?? row;
