/** The data of the examples: two members, what one offers, and what the other books. */
import type { RouterOutputs } from "../../index.ts";

type Availability = RouterOutputs["availability"]["get"];
type Meeting = RouterOutputs["meeting"]["get"];

export const aiko = "5b0f3c1e-8a52-4f0e-9d53-2f6c1c7d9a10";
const ben = "c4a1de90-1c7b-4c5e-8a53-90f2d0b7e6f4";

export const publicProfile = {
  username: aiko,
  displayName: "Aiko Tanabe",
  cohort: "Brown",
  timezone: "Asia/Tokyo",
  bio: "Kata first.",
  discordUsername: "aiko",
  memberSince: "2026-03-01",
} satisfies RouterOutputs["user"]["get"];

export const ownProfile = {
  username: ben,
  displayName: "Ben Okafor",
  cohort: "Green",
  timezone: "Europe/London",
  bio: "",
  discordUsername: "",
  memberSince: "2026-06-12",
  isAdmin: false,
  email: "ben@example.com",
  notifications: { email: true },
  defaultLink: "",
  createdAt: "2026-06-12T08:30:00.000Z",
  updatedAt: "2026-06-12T08:30:00.000Z",
} satisfies RouterOutputs["user"]["set"];

export const availability: Availability = {
  owner: aiko,
  id: "0d9f6a3e-6c1b-4f38-8f53-7b1f2a4c5d6e",
  ownerDisplayName: publicProfile.displayName,
  ownerCohort: publicProfile.cohort,
  startTime: "2026-12-05T09:00:00.000Z",
  endTime: "2026-12-05T11:00:00.000Z",
  durationMinutes: 45,
  types: ["technique"],
  cohorts: ["Green", "Blue"],
  maxParticipants: 1,
  bookings: "one",
  taken: [],
  participants: [],
  location: "Online: the host sends a link",
  description: "Bring one technique that you want to take apart.",
  status: "SCHEDULED",
  createdAt: "2026-11-28T10:15:00.000Z",
  updatedAt: "2026-11-28T10:15:00.000Z",
};

export const meeting: Meeting = {
  id: "f2b7c8d9-3e4a-4b5c-9d6e-7f8091a2b3c4",
  availabilityId: availability.id,
  owner: aiko,
  ownerDisplayName: publicProfile.displayName,
  participant: ben,
  participantDisplayName: ownProfile.displayName,
  startTime: "2026-12-05T09:30:00.000Z",
  endTime: "2026-12-05T10:15:00.000Z",
  type: "technique",
  location: availability.location,
  description: availability.description,
  status: "SCHEDULED",
  createdAt: "2026-11-28T12:00:00.000Z",
  updatedAt: "2026-11-28T12:00:00.000Z",
};

export const canceledMeeting: Meeting = {
  ...meeting,
  status: "CANCELED",
  canceledBy: ben,
  cancelReason: "I caught a cold.",
  updatedAt: "2026-11-29T07:00:00.000Z",
};
