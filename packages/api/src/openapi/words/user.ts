import { aiko, availability, meeting, ownProfile, publicProfile } from "./examples.ts";
import type { GroupWords } from "./procedure.ts";

export const userWords: GroupWords<"user"> = {
  description: "Members: profiles, blocks, and the caller's account.",
  procedures: {
    get: {
      summary: "Shows the caller's own profile, or another member's public profile.",
      caller: "a member",
      refusals: ["NOT_FOUND"],
      example: { input: { username: aiko }, output: publicProfile },
    },
    set: {
      summary: "Changes the caller's own profile.",
      description: "Fields that are left out stay as they are. `timezone` is an IANA time zone name.",
      caller: "a member",
      refusals: ["NOT_FOUND"],
      example: {
        input: { timezone: "Europe/London", notifications: { email: true } },
        output: ownProfile,
      },
    },
    block: {
      summary: "Blocks a member: neither finds or books what the other posts.",
      description: "The blocked member is not notified. Repeating it changes nothing.",
      caller: "a member",
      refusals: ["NOT_FOUND", "TOO_MANY_BLOCKED"],
      example: { input: { username: aiko }, output: { blocked: [publicProfile] } },
    },
    unblock: {
      summary: "Ends a block.",
      description: "Repeating it changes nothing.",
      caller: "a member",
      refusals: ["NOT_FOUND"],
      example: { input: { username: aiko }, output: { blocked: [] } },
    },
    listBlocked: {
      summary: "Lists the members that the caller has blocked.",
      caller: "a member",
      refusals: ["NOT_FOUND"],
      example: { input: {}, output: { blocked: [publicProfile] } },
    },
    refreshEmail: {
      summary: "Copies the verified e-mail address of the caller's sign-in to the profile.",
      caller: "a member",
      refusals: ["NOT_FOUND"],
      example: { input: {}, output: ownProfile },
    },
    export: {
      summary: "Answers all stored data about the caller, in pages.",
      caller: "a member",
      refusals: ["NOT_FOUND"],
      example: {
        input: {},
        output: {
          exportedAt: "2026-11-29T08:00:00.000Z",
          profile: ownProfile,
          blocked: [],
          availabilities: [{ ...availability, owner: ownProfile.username }],
          meetings: [meeting],
        },
      },
    },
    delete: {
      summary: "Deletes the caller's account.",
      description: "`displayName` is the caller's own name, as a confirmation. Deletion cannot be undone.",
      caller: "a member",
      refusals: ["NOT_FOUND"],
      example: {
        input: { displayName: ownProfile.displayName },
        output: { deletedAt: "2026-11-29T08:00:00.000Z" },
      },
    },
  },
};
