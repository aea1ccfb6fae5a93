/**
 * The community that a new stage starts from. Once an admin has saved the community in the web app (`/admin`), the
 * saved settings apply, and this file has no effect.
 *
 * Cohorts are ordered from beginner to expert. The texts of `cohorts`, and the `id` of each type, are ids: members,
 * availabilities and meetings store them.
 */
export const community = {
  name: "Kumite",
  cohorts: ["White", "Yellow", "Orange", "Green", "Blue", "Purple", "Brown", "Black"],
  /** `durationMinutes` is the length that the post form suggests for a type. */
  types: [
    { id: "sparring", label: "Sparring", durationMinutes: 60 },
    { id: "technique", label: "Technique drill", durationMinutes: 45 },
    { id: "kata", label: "Kata practice", durationMinutes: 30 },
    { id: "review", label: "Video review", durationMinutes: 45 },
    { id: "lesson", label: "Lesson", durationMinutes: 60 },
    { id: "conditioning", label: "Conditioning", durationMinutes: 60 },
  ],
  /** The place of a session if its owner gives none. */
  defaultLocation: "Online: the host sends a link",
} as const;
