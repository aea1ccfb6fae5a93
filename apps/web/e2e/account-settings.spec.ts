import { readFile } from "node:fs/promises";
import { expectAccessible } from "./accessible.ts";
import { kathmandu } from "./clocks.ts";
import { expect, test } from "./fixtures.ts";
import { fillSignIn, mailedCode, newcomer, newMember, openAs, post } from "./members.ts";

const still = { reducedMotion: "reduce" } as const;
const phone = { ...still, viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

test("the e-mail address changes only once the code is entered", async ({ openBrowser, complaints }) => {
  const [member, other] = [await newMember("Mover"), await newMember("Settled")];
  const page = await openAs(member, await openBrowser(kathmandu, still), "/profile");
  const change = page.getByRole("button", { name: "Change e-mail" });
  await change.click();
  const field = page.getByLabel("New e-mail");
  await field.fill(member.email.toUpperCase());
  await page.getByRole("button", { name: "Send the code" }).click();
  await expect(field).toHaveAccessibleDescription(/This is your address already/);
  await field.fill(other.email);
  await page.getByRole("button", { name: "Send the code" }).click();
  await expect(field).toHaveAccessibleDescription(/Another account already uses this address/);
  complaints.expect(/status of 400 /);
  await expectAccessible(page);

  const { email } = newcomer("");
  await field.fill(email);
  await page.getByRole("button", { name: "Send the code" }).click();
  const code = await mailedCode(email);
  await expect(page.getByText(`A code is on its way to ${email}.`)).toBeVisible();
  await page.getByLabel("Code").fill(code === "111111" ? "222222" : "111111");
  await change.click();
  await expect(page.getByLabel("Code")).toHaveAccessibleDescription(/That is not the code/);
  expect((await member.api.user.get.query({})) as { email?: string }).toMatchObject({ email: member.email });
  await page.getByLabel("Code").fill(code);
  await change.click();
  await expect(page.getByText(`From now on you sign in with ${email}.`)).toBeVisible();
  await expect(page.getByRole("main").getByText(email).first()).toBeVisible();
  expect(await member.api.user.get.query({})).toMatchObject({ email });
});

test("blocks a member on their page, and unblocks them in the profile", async ({ openBrowser }) => {
  const [member, other] = [await newMember("Quiet"), await newMember("Loud")];
  const availability = await post(other, 131);
  const page = await openAs(member, await openBrowser(kathmandu, phone), `/members/${other.username}`);
  await page.getByRole("button", { name: "Block", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: `Block ${other.name}?` });
  await expect(dialog).toContainText("Nobody is told.");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Block", exact: true }).click();
  await expect(page.getByText(`You have blocked ${other.name}.`)).toBeVisible();
  const look = () => member.api.availability.get.query({ owner: other.username, id: availability.id });
  await expect(look()).rejects.toMatchObject({ data: { reason: "NOT_FOUND" } });

  await page.goto("/profile");
  await expect(page.getByRole("link", { name: other.name })).toBeVisible();
  await page.getByRole("button", { name: `Unblock ${other.name}` }).click();
  await expect(page.getByText("You can block a member on their page.")).toBeVisible();
  expect((await look()).id).toBe(availability.id);
});

test("downloads a member's data as one file", async ({ openBrowser }) => {
  const [member, other] = [await newMember("Keeper"), await newMember("Guest")];
  const availability = await post(member, 133);
  const meeting = await other.api.availability.book.mutate({
    owner: member.username,
    id: availability.id,
    startTime: availability.startTime,
  });
  const page = await openAs(member, await openBrowser(kathmandu, still), "/profile");
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download my data" }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^kumite-\d{4}-\d\d-\d\d\.json$/);
  expect(JSON.parse(await readFile(await download.path(), "utf8"))).toMatchObject({
    profile: { username: member.username, email: member.email },
    availabilities: [{ id: availability.id }],
    meetings: [{ id: meeting.id }],
  });
});

test("signing out everywhere ends the session in another browser too", async ({
  openBrowser,
  complaints,
}) => {
  const member = await newMember("Leaver");
  const [here, there] = [
    await openAs(member, await openBrowser(kathmandu, still), "/profile"),
    await openAs(member, await openBrowser(kathmandu, still), "/profile"),
  ];
  await here.getByRole("button", { name: "Sign out everywhere" }).click();
  const dialog = here.getByRole("dialog", { name: "Sign out everywhere?" });
  await expect(dialog).toContainText("within an hour");
  await expectAccessible(here);
  await dialog.getByRole("button", { name: "Sign out everywhere" }).click();
  await here.waitForURL("/");
  // The API still accepts the other browser's access token; Cognito refuses to renew its session.
  await there.getByRole("button", { name: "Change e-mail" }).click();
  await there.getByLabel("New e-mail").fill(newcomer("").email);
  await there.getByRole("button", { name: "Send the code" }).click();
  await expect(there.getByText("Your session has ended.")).toBeVisible();
  complaints.expect(/status of 400 /);
});

for (const [device, options] of Object.entries({ desktop: still, phone })) {
  test(`deletes an account once its name is typed, on a ${device}`, async ({ openBrowser, complaints }) => {
    const [member, other] = [await newMember("Goner"), await newMember("Stayer")];
    const availability = await post(member, device === "phone" ? 135 : 137);
    const meeting = await other.api.availability.book.mutate({
      owner: member.username,
      id: availability.id,
      startTime: availability.startTime,
    });
    const page = await openAs(member, await openBrowser(kathmandu, options), "/profile");
    await page.getByRole("button", { name: "Delete my account" }).click();
    const dialog = page.getByRole("dialog", { name: "Delete your account?" });
    const name = dialog.getByLabel("Your name");
    await name.fill("Someone else");
    await dialog.getByRole("button", { name: "Delete my account" }).click();
    await expect(name).toHaveAccessibleDescription(/This is not your name/);
    complaints.expect(/status of 400 /);
    await expectAccessible(page);
    await name.fill(member.name);
    await dialog.getByRole("button", { name: "Delete my account" }).click();
    await page.waitForURL("/");
    await expect(member.api.user.get.query({})).rejects.toMatchObject({ data: { code: "UNAUTHORIZED" } });
    await expect
      .poll(() => other.api.meeting.get.query({ id: meeting.id }))
      .toMatchObject({ status: "CANCELED", ownerDisplayName: "Former member" });
    await page.goto("/sign-in");
    await fillSignIn(page, member);
    await expect(page.getByText("The e-mail address or the password is wrong.")).toBeVisible();
  });
}
