/**
 * The community: what a community edits to make Kumite its own.
 *
 * Cohorts are ordered from beginner to expert. A cohort or a type that is in use is renamed with care: members,
 * availabilities and meetings store the text that stands here.
 */
export const community = {
  name: "Kumite",
  cohorts: ["White", "Yellow", "Orange", "Green", "Blue", "Purple", "Brown", "Black"],
  /** `durationMinutes` is what the post form suggests for a type. */
  types: [
    { id: "sparring", label: "Sparring", durationMinutes: 60 },
    { id: "technique", label: "Technique drill", durationMinutes: 45 },
    { id: "kata", label: "Kata practice", durationMinutes: 30 },
    { id: "review", label: "Video review", durationMinutes: 45 },
    { id: "lesson", label: "Lesson", durationMinutes: 60 },
    { id: "conditioning", label: "Conditioning", durationMinutes: 60 },
  ],
  /** Where a session takes place when its owner names no place. */
  defaultLocation: "Online: the host sends a link",
} as const;
