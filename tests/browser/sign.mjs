// Signing in, for people: the second step, sessions, an invitation, a carried cookie, and a page that is left.
import { Tap } from "./tap.mjs";
import { code } from "./totp.mjs";
import { World } from "./world.mjs";

const tap = new Tap();
const world = await World.make({ people: 400 });
const PASSWORD = "kettle lantern gravel";

// --- an invitation ---
const admin = await world.page("admin");
await admin.goto("/people");
const form = admin.locator("form[action='/people/invite']");
await form.getByLabel("Sign-in name").fill("nova");
await form.getByLabel("Name", { exact: true }).fill("Nova Example");
await form.getByLabel("Role").selectOption("list-holder");
await form.getByLabel("Region").fill("4");
await form.getByRole("button", { name: "Invite" }).click();
const invitation = /code ([a-z0-9-]{23})/.exec(await admin.locator("[role=status]").first().textContent())[1];
const nova = await world.page(null);
await nova.goto("/invitation");
await nova.getByLabel("Code of the invitation").fill("aaaaa-aaaaa-aaaaa-aaaaa");
await nova.getByRole("button", { name: "Go on" }).click();
tap.ok(await nova.getByRole("alert").isVisible(), "a code that was made up opens nothing");
await nova.getByLabel("Code of the invitation").fill(invitation);
await nova.getByRole("button", { name: "Go on" }).click();
const choose = async (password) => {
	await nova.getByLabel("Choose a password").fill(password);
	await nova.getByLabel("The password, again").fill(password);
	await nova.getByRole("button", { name: "Open the account" }).click();
};
await choose("nova example 2026");
tap.ok((await nova.getByRole("alert").textContent()).includes("made of your name"), "one's own name is no password");
await choose(PASSWORD);
await nova.getByRole("heading", { name: "Sign in" }).waitFor();
tap.ok(true, "the invited chooses a password and may sign in");

// --- the second step, asked for by the role ---
await world.byname("setting", "second_factor", "list-holder");
await world.signIn(nova, "nova", PASSWORD);
tap.same(new URL(nova.url()).pathname, "/account/second-step", "a list holder without a second step comes to its page");
tap.same((await nova.goto("/list")).status(), 403, "and to no other");
await nova.goto("/account/second-step");
const key = (await nova.locator(".qr__key").textContent()).trim();
tap.ok((await nova.locator("svg.qr path").getAttribute("d")).length > 500, "the key is there as a picture too");
if (process.env.BYNAME_SHOTS) await nova.screenshot({ path: `${process.env.BYNAME_SHOTS}/second-step.png`, fullPage: true });
await nova.getByLabel("Code", { exact: true }).fill("000000");
await nova.getByRole("button", { name: "Set it up" }).click();
tap.same((await nova.locator(".qr__key").textContent()).trim(), key, "a wrong code keeps the key");
const first = code(key);
await nova.getByLabel("Code", { exact: true }).fill(first);
await nova.getByRole("button", { name: "Set it up" }).click();
const codes = await nova.locator(".qr__codes code").allTextContents();
tap.same(codes.length, 10, "ten recovery codes are shown");
if (process.env.BYNAME_SHOTS) await nova.screenshot({ path: `${process.env.BYNAME_SHOTS}/recovery.png`, fullPage: true });
await nova.goto("/account");
tap.ok((await nova.goto("/account")).ok(), "then everything is open");

const phone = await world.page(null, { viewport: { width: 360, height: 740 } });
await phone.goto("/sign-in");
await phone.getByLabel("Sign-in name").fill("nova");
await phone.getByLabel("Password").fill(PASSWORD);
await phone.getByRole("button", { name: "Sign in" }).click();
await phone.getByLabel("Code", { exact: true }).fill(first);
await phone.getByRole("button", { name: "Sign in" }).click();
tap.ok((await phone.getByRole("alert").textContent()).includes("used already"), "a code that was used opens nothing");
if (process.env.BYNAME_SHOTS) await phone.screenshot({ path: `${process.env.BYNAME_SHOTS}/code-phone.png`, fullPage: true });
await phone.getByLabel("Code", { exact: true }).fill(code(key, 1));
await phone.getByRole("button", { name: "Sign in" }).click();
await phone.getByRole("button", { name: "Sign out" }).waitFor();
tap.ok(true, "the next one does");

// --- sessions ---
await phone.goto("/account/sessions");
tap.same(await phone.getByRole("listitem").count(), 2, "both devices are listed");
if (process.env.BYNAME_SHOTS) await phone.screenshot({ path: `${process.env.BYNAME_SHOTS}/sessions-phone.png`, fullPage: true });
await phone.getByRole("button", { name: "Sign out everywhere else" }).click();
await phone.getByRole("status").first().waitFor();
await nova.goto("/account");
tap.ok(await nova.getByRole("heading", { name: "Sign in" }).isVisible(), "the other one is signed out");

// --- a cookie that somebody took ---
const cookies = (await phone.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
const thief = await fetch(`${world.url}/account`, { headers: { Cookie: cookies, "User-Agent": "Mozilla/5.0 (Windows NT 10.0; rv:128.0) Firefox/128.0" } });
tap.same(thief.status, 401, "a cookie from another device opens nothing");
await phone.goto("/account");
tap.ok(await phone.getByRole("heading", { name: "Sign in" }).isVisible(), "and its owner is asked for the password");

// --- leaving ---
const kofi = await world.page("kofi");
await kofi.goto("/account");
const told = kofi.evaluate(() => fetch("/account").then(({ status }) => status));
tap.same(await told, 200, "somebody works");
await world.byname("user", "disable", "kofi");
tap.same(await kofi.evaluate(() => fetch("/account").then(({ status }) => status)), 401, "and is out in the moment the account is closed");

// --- a window that is left ---
const sam = await world.page("sam");
await sam.goto("/list");
const blur = () => sam.locator("main").evaluate((main) => getComputedStyle(main).filter);
tap.same(await blur(), "none", "the list is clear while it is looked at");
await sam.evaluate(() => window.dispatchEvent(new Event("blur")));
tap.ok((await blur()).includes("blur(16px)"), "it blurs when its window is left");
if (process.env.BYNAME_SHOTS) await sam.screenshot({ path: `${process.env.BYNAME_SHOTS}/left.png` });
await sam.evaluate(() => window.dispatchEvent(new Event("focus")));
tap.same(await blur(), "none", "and clears when somebody comes back");

tap.same(world.faults, [], "no page complains");
tap.same(await world.end(), "", "the server stops without a complaint");
tap.end();
