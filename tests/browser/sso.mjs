// Single sign-on against a small provider of our own: the way in, everything that is refused, the second step, and
// connecting an account.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Provider, visit } from "./provider.mjs";
import { Tap } from "./tap.mjs";
import { code } from "./totp.mjs";
import { World } from "./world.mjs";

const tap = new Tap();
const world = await World.make({ people: 400 });
const SECRET = "an-invented-client-secret-4711";
const provider = await Provider.make({ id: "byname", secret: SECRET });
const nova = { sub: "u-nova", email: "Nova@agency.example", email_verified: true };
const fails = (act) => act.then(() => false, () => true);
const whys = async () => [...(await world.byname("journal")).matchAll(/why=([\w,.=-]+)/g)].map(([, why]) => why);

// --- nothing is set ---
const page = await world.page(null);
await page.goto("/sign-in");
tap.same(await page.getByText("Sign in with").count(), 0, "without a provider there is no button");
tap.same((await fetch(`${world.url}/sign-in/oidc`)).status, 404, "and no way");

// --- the settings ---
const set = (name, value) => world.byname("setting", name, value);
tap.ok(await fails(set("oidc_issuer", "http://sign-in.example")), "an issuer without TLS is refused");
tap.ok(await fails(set("oidc_secret", SECRET)), "a secret is not taken on the command line");
writeFileSync(join(world.folder, "secret"), `${SECRET}\n`);
await world.byname("setting", "oidc_secret", "--file", join(world.folder, "secret"));
await set("oidc_issuer", provider.issuer);
await set("oidc_client", "byname");
await set("site_address", world.url);
await set("oidc_button", "your county account");
tap.ok(!(await world.byname("setting")).includes(SECRET), "nor shown again");
tap.ok((await world.kept()).every(([, bytes]) => !bytes.includes(SECRET)), "nor kept in the clear");

// --- in ---
await world.byname("user", "add", "--name", "Nova Example", "--role", "specialist", "nova@agency.example");
provider.who = nova;
// The provider sends people to another name of this machine than the one it has itself: that is another site.
const here = world.url.replace("127.0.0.1", "localhost");
provider.backTo = (address) => address.replace(world.url, here);
await page.goto(`${here}/sign-in?next=/account`);
if (process.env.BYNAME_SHOTS) {
	await page.setViewportSize({ width: 1280, height: 900 });
	await page.screenshot({ path: `${process.env.BYNAME_SHOTS}/sso-1280.png` });
	await page.setViewportSize({ width: 360, height: 740 });
	await page.screenshot({ path: `${process.env.BYNAME_SHOTS}/sso-360.png`, fullPage: true });
}
await page.getByRole("link", { name: "Sign in with your county account" }).click();
await page.getByRole("button", { name: "Sign out" }).waitFor();
tap.same(page.url(), `${here}/account`, "whoever was invited under a verified address is in, on the page that was asked for");
tap.same(await page.getByRole("heading", { level: 1 }).textContent(), "Nova Example", "as the account that was made for them");
provider.backTo = (address) => address;
provider.who = { sub: "u-nova" };
const again = await visit(world);
tap.same(again.answer.headers.get("location"), "/account", "known by who they are there, without the address");
tap.ok(again.away.headers.getSetCookie().some((line) => /byname-away=[0-9a-f]{64}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=600/.test(line)), "the cookie of the way is short-lived");
provider.turnKey("k2");
tap.same((await visit(world)).answer.status, 403, "a key that changed within the minute is not asked for again yet");

// --- refused ---
const minutes = (n) => Math.floor(Date.now() / 1000) + n * 60;
const bent = {
	"token-key": ({ provider, header, payload }) => provider.token({ ...header, kid: "k9" }, payload),
	"token-nonce": ({ provider, header, payload }) => provider.token(header, { ...payload, nonce: "0".repeat(64) }),
	"token-expired": ({ provider, header, payload }) => provider.token(header, { ...payload, exp: minutes(-5) }),
	"token-early": ({ provider, header, payload }) => provider.token(header, { ...payload, nbf: minutes(5) }),
	"token-old": ({ provider, header, payload }) => provider.token(header, { ...payload, iat: minutes(-30) }),
	"token-issuer": ({ provider, header, payload }) => provider.token(header, { ...payload, iss: "https://other.example" }),
	"token-audience": ({ provider, header, payload }) => provider.token(header, { ...payload, aud: "other" }),
	"token-signature": ({ provider, header, payload }) => provider.token(header, payload, "others"),
	"token-signature ": ({ provider, header, payload }) => {
		const parts = provider.token(header, payload).split(".");
		return [parts[0], Buffer.from(JSON.stringify({ ...payload, sub: "u-admin" })).toString("base64url"), parts[2]].join(".");
	},
	"token-algorithm": ({ provider, header, payload }) => provider.token({ ...header, alg: "none" }, payload, "none"),
	"token-algorithm ": ({ provider, header, payload }) => provider.token({ ...header, alg: "HS256" }, payload, "hmac"),
	"token-unreadable": () => "no.token",
};
// What a provider publishes is kept for a while, so the keys of another one count from here on.
const fresh = await Provider.make(provider.client);
await set("oidc_issuer", fresh.issuer);
fresh.who = nova;
const refusal = async (why, say, options) => {
	const { answer, text } = await visit(world, options);
	const good = answer.status === 403 && text.includes(say) && !answer.headers.getSetCookie().some((line) => /byname=[0-9a-f]/.test(line));
	tap.ok(good, `refused: ${why}`, `${answer.status} ${answer.headers.get("location")}`);
	tap.ok((await whys())[0]?.startsWith(why.trim()), "and journalled", String(await whys()));
};
await world.byname("user", "add", "--name", "Kit Example", "--role", "specialist", "kit@agency.example");
for (const [why, bend] of Object.entries(bent)) {
	fresh.bend = (parts) => bend({ ...parts, provider: fresh });
	await refusal(why, "Signing in did not work this time");
}
fresh.bend = null;
const other = await visit(world, { change: (back) => new URL(back.origin) });
await refusal("state", "did not work", { change: (back) => (back.searchParams.set("state", "00"), back) });
await refusal("state", "did not work", { cookie: "" });
await refusal("state", "did not work", { cookie: other.cookie });
await refusal("issuer", "did not work", { change: (back) => (back.searchParams.set("iss", "https://other.example"), back) });
fresh.error = "access_denied";
await refusal("provider", "You were not signed in there");
fresh.error = null;
fresh.who = { sub: "u-kit", email: "kit@agency.example" };
await refusal("no-account", "No open account here");
fresh.who = { sub: "u-kit", email: "nobody@agency.example", email_verified: true };
await refusal("no-account", "No open account here");
await world.byname("user", "disable", "kit@agency.example");
fresh.who = { sub: "u-kit", email: "kit@agency.example", email_verified: true };
await refusal("closed", "No open account here");
fresh.who = nova;
const used = await visit(world);
const replay = await fetch(used.back, { redirect: "manual", headers: { Cookie: used.cookie } });
tap.same([used.answer.status, replay.status], [303, 403], "a way that was gone leads nowhere the second time");
tap.same((await whys())[0], "code", "the provider gives a token once for a code");
fresh.who = { ...nova, sub: "u-successor" };
await refusal("other,user=", "No open account here");
fresh.who = nova;
for (const next of ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"])
	tap.same((await visit(world, { next })).answer.headers.get("location"), "/", `nobody is sent on to ${next}`);

// --- the second step ---
await world.byname("setting", "second_factor", "specialist");
const phone = await world.page(null);
const enter = async (target) => {
	await target.goto("/sign-in?next=/account/second-step");
	await target.getByRole("link", { name: /^Sign in with/ }).click();
};
await enter(phone);
await phone.getByRole("heading", { level: 1 }).waitFor();
tap.same((await phone.goto("/account")).status(), 403, "a role that must have a second step opens nothing without");
fresh.who = { ...nova, amr: ["pwd", "mfa"] };
await phone.context().clearCookies();
await enter(phone);
await phone.getByRole("button", { name: "Sign out" }).waitFor();
tap.same((await phone.goto("/account")).status(), 200, "and everything where the provider took one");
fresh.who = nova;
await phone.goto("/account/second-step");
const key = (await phone.locator(".qr__key").textContent()).trim();
await phone.getByLabel("Code").fill(code(key));
await phone.getByRole("button", { name: "Set it up" }).click();
await phone.locator(".qr__codes code").first().waitFor();
await phone.context().clearCookies();
await enter(phone);
await phone.getByLabel("Code").fill(code(key, 1));
await phone.getByRole("button", { name: "Sign in" }).click();
await phone.getByRole("button", { name: "Sign out" }).waitFor();
tap.ok((await world.byname("journal")).includes("by=code,first=sso"), "who has a second step here is asked for it");

// --- connecting an account that has no address ---
await world.byname("setting", "second_factor", "none");
fresh.who = { sub: "u-lee" };
const lee = await world.page("lee");
await lee.goto("/account");
await lee.getByLabel("Your password here").fill("something else entirely");
await lee.getByRole("button", { name: "Connect with your county account" }).click();
tap.ok(await lee.getByRole("alert").isVisible(), "a session alone connects nothing");
await lee.getByLabel("Your password here").fill("made-up people only");
await lee.getByRole("button", { name: "Connect with your county account" }).click();
await lee.getByRole("link", { name: "Go on to your county account" }).click();
await lee.getByText("is connected with your county account since").waitFor();
tap.ok(true, "with the password it is connected");
if (process.env.BYNAME_SHOTS) await lee.screenshot({ path: `${process.env.BYNAME_SHOTS}/sso-account.png`, fullPage: true });
tap.same((await visit(world)).answer.status, 303, "and signs in");
await lee.getByRole("button", { name: "Disconnect" }).click();
await lee.getByText("Disconnected.").waitFor();
tap.same((await visit(world)).answer.status, 403, "disconnected, it does not");

// --- an administrator disconnects somebody ---
await lee.getByLabel("Your password here").fill("made-up people only");
await lee.getByRole("button", { name: "Connect with your county account" }).click();
await lee.getByRole("link", { name: "Go on to your county account" }).click();
await lee.getByText("is connected with your county account since").waitFor();
const admin = await world.page("admin");
await admin.goto("/people");
tap.same(await admin.getByRole("button", { name: "Disconnect sam" }).count(), 0, "who is not connected cannot be disconnected");
admin.once("dialog", (dialog) => dialog.accept());
await admin.getByRole("button", { name: "Disconnect lee from the work account" }).click();
await admin.getByText("lee is disconnected from the work account").waitFor();
tap.same((await visit(world)).answer.status, 403, "whom an administrator disconnected does not come in");
tap.same((await lee.goto("/account")).status(), 401, "and is signed out in that moment");
tap.ok(/user\.part/.test(await world.byname("journal")), "which stands in the journal");

// --- the brake, and a provider that is gone ---
let tries = 0;
let last;
do last = await visit(world, { change: (back) => (back.searchParams.set("state", "00"), back) });
while (last.answer.status === 403 && ++tries < 40);
tap.same([last.answer.status, last.text.includes("Too many wrong tries")], [503, true], "guessing is braked");
fresh.end();
provider.end();
await set("oidc_issuer", provider.issuer.replace("/realm", "/gone"));
const gone = await fetch(`${world.url}/sign-in/oidc`, { redirect: "manual" });
tap.ok(gone.status === 503 && (await gone.text()).includes("Try again in a moment, or sign in with your password"), "a provider that does not answer is said so");

tap.same(world.faults, [], "no page complains");
tap.same(await world.end(), "", "the server stops without a complaint");
tap.end();
