import { aiko, availability, meeting, ownProfile, publicProfile } from "./examples.ts";
import type { GroupWords } from "./procedure.ts";

export const userWords: GroupWords<"user"> = {
  description: "Members: one's own profile, those of others, and one's account.",
  procedures: {
    get: {
      summary: "Shows one's own profile, or another member's public one.",
      caller: "a member",
      refusals: ["NOT_FOUND"],
      example: { input: { username: aiko }, output: publicProfile },
    },
    set: {
      summary: "Changes one's own profile.",
      description: "What is left out stays as it is. `timezone` is a name of the IANA database.",
      caller: "a member",
      refusals: ["NOT_FOUND"],
      example: {
        input: { timezone: "Europe/London", notifications: { email: true } },
        output: ownProfile,
      },
    },
    block: {
      summary: "Blocks a member: neither finds or books what the other posts.",
      description: "The member is not told. Repeating it changes nothing.",
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
      summary: "Takes over the verified e-mail address of one's sign-in.",
      caller: "a member",
      refusals: ["NOT_FOUND"],
      example: { input: {}, output: ownProfile },
    },
    export: {
      summary: "Answers everything that is kept about the caller, in pages.",
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
      summary: "Deletes one's account.",
      description: "`displayName` is one's own name, as a confirmation. It cannot be undone.",
      caller: "a member",
      refusals: ["NOT_FOUND"],
      example: {
        input: { displayName: ownProfile.displayName },
        output: { deletedAt: "2026-11-29T08:00:00.000Z" },
      },
    },
  },
};
