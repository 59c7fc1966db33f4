// Typing while the server is away: kept in the browser, sealed, sent once when it is back; gone when somebody signs out,
// and a day later.
//
//     BYNAME=build/byname node tests/browser/offline.mjs
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Tap } from "./tap.mjs";
import { World, dayIn } from "./world.mjs";

const DAY_MS = 24 * 60 * 60 * 1000;
const KEPT = "Kept on this device, will be sent when the line is back.";

const tap = new Tap();
const world = await World.make({ people: 1500 });
let story = true;
const step = async (name, act) => story && (story = await tap.step(name, act));

// What lies in the browser's storage, as the page sees it.
const stored = (page) =>
	page.evaluate(async () => {
		const done = (request) => new Promise((resolve, reject) => Object.assign(request, { onsuccess: () => resolve(request.result), onerror: reject }));
		const known = await indexedDB.databases();
		if (!known.some(({ name }) => name === "byname")) return { words: [], keys: 0 };
		const db = await done(indexedDB.open("byname"));
		const words = await done(db.transaction("words").objectStore("words").getAll());
		const keys = await done(db.transaction("key").objectStore("key").getAll());
		db.close();
		return {
			words: words.map(({ sealed }) => new TextDecoder("latin1").decode(sealed)),
			keys: keys.length,
			exported: await Promise.all(keys.map((key) => crypto.subtle.exportKey("raw", key).then(() => true, () => false))),
		};
	});

// What the browser stores for pages below its profile, as bytes.
const files = (folder) =>
	readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && /IndexedDB|Local Storage|Session Storage/.test(entry.path))
		.map(({ path: within, name }) => [join(within, name), readFileSync(join(within, name))]);

const profile = mkdtempSync(join(tmpdir(), "byname-profile-"));
const context = await world.profile(profile);
const sam = context.pages()[0] ?? (await context.newPage());
const note = sam.getByLabel("Notes", { exact: true });
let lee, path, address;

// Lee's screen follows by itself.
const leeReads = (words) =>
	lee.waitForFunction((wanted) => [...document.querySelectorAll("textarea")].some(({ value }) => value === wanted), words);

try {
	await step("a meeting runs", async () => {
		lee = await world.page("lee");
		await lee.goto("/conferences");
		await lee.getByRole("button", { name: "Start the cycle" }).click();
		await lee.getByRole("link", { name: "Plan a conference" }).click();
		for (const [label, name] of [["Facilitator", "Lee "], ["Scribe", "Sam "]]) {
			const select = lee.getByLabel(label);
			const names = await select.locator("option").allTextContents();
			await select.selectOption({ index: names.findIndex((one) => one.startsWith(name)) });
		}
		await lee.getByLabel("Day", { exact: true }).fill(dayIn(0));
		await lee.getByLabel("Next meeting").fill(dayIn(28));
		await lee.getByRole("button", { name: "Plan it" }).click();
		await lee.getByRole("button", { name: "Check in", exact: true }).click();
		await lee.getByRole("button", { name: "Start the conference" }).click();
		await lee.getByRole("button", { name: "Next household" }).click();
		await lee.locator("#household-name").waitFor();
		path = new URL(lee.url()).pathname;
		address = world.url + path;
		await sam.goto(world.url);
		await world.signIn(sam, "sam");
		await sam.goto(address);
		await sam.getByRole("button", { name: "Check in", exact: true }).click();
		await note.fill("Typed on the line.");
		await leeReads("Typed on the line.");
	});
	await step("nothing is kept while the line is up", async () => {
		if ((await stored(sam)).words.length > 0) throw new Error("something is");
	});
	await step("what is typed while the server is away is kept on the device, and the page says so", async () => {
		await world.stop();
		await note.fill("Typed on the line. Typed-in-the-dark, and more.");
		await sam.getByText(KEPT).first().waitFor();
		await sam.getByLabel("Action step").fill("Ordered-in-the-dark");
		await sam.getByRole("button", { name: "Record" }).click();
		await sam.getByText(KEPT).nth(1).waitFor();
		const { words, keys, exported } = await stored(sam);
		if (words.length !== 2 || keys !== 1) throw new Error(`${words.length} records, ${keys} keys`);
		if (exported[0]) throw new Error("the key can be read out");
		if (words.some((text) => /dark|line|conference/.test(text))) throw new Error("it can be read");
	});
	await step("no file of the browser's profile holds it in the clear", async () => {
		const clear = ["Typed-in-the-dark", "Ordered-in-the-dark"].flatMap((words) => [Buffer.from(words), Buffer.from(words, "utf16le")]);
		const found = files(profile).filter(([, bytes]) => clear.some((words) => bytes.includes(words)));
		if (found.length > 0) throw new Error(found.map(([name]) => name).join());
		if (!files(profile).some(([name]) => /IndexedDB/.test(name))) throw new Error("nothing was looked at");
	});
	await step("typing goes on, and when the server is back it is sent, once", async () => {
		await note.fill("Typed on the line. Typed-in-the-dark, and still more.");
		await sam.waitForTimeout(5000);
		await world.serve();
		await leeReads("Typed on the line. Typed-in-the-dark, and still more.");
		await sam.locator(".record__text", { hasText: "Ordered-in-the-dark" }).first().waitFor();
		await lee.reload();
		const steps = await lee.locator(".record__text", { hasText: "Ordered-in-the-dark" }).count();
		if (steps !== 1) throw new Error(`${steps} steps`);
		if ((await lee.locator(".conflict").count()) > 0) throw new Error("the words met themselves");
		await sam.waitForFunction(async () => {
			const db = await new Promise((resolve) => (indexedDB.open("byname").onsuccess = ({ target }) => resolve(target.result)));
			const left = await new Promise((resolve) => (db.transaction("words").objectStore("words").count().onsuccess = ({ target }) => resolve(target.result)));
			db.close();
			return left === 0;
		});
	});
	await step("the page that typed it is gone: the next one sends it", async () => {
		await world.stop();
		await note.fill("Typed before the battery was empty.");
		await sam.getByText(KEPT).first().waitFor();
		await sam.goto("about:blank");
		await world.serve();
		await sam.goto(`${world.url}/account`);
		await sam.getByText("What you typed while the line was down has been sent.").waitFor();
		await sam.goto(address);
		if ((await note.inputValue()) !== "Typed before the battery was empty.") throw new Error(await note.inputValue());
		if ((await stored(sam)).words.length > 0) throw new Error("it is still kept");
	});
	await step("a day later it is gone", async () => {
		await world.stop();
		await note.fill("Nobody came back in time.");
		await sam.getByText(KEPT).first().waitFor();
		await sam.goto("about:blank");
		await world.serve();
		const later = await context.newPage();
		await later.clock.setFixedTime(Date.now() + DAY_MS + 60000);
		await later.goto(`${world.url}/account`);
		await later.waitForTimeout(1500);
		const { words, keys } = await stored(later);
		if (words.length + keys > 0) throw new Error(`${words.length} records, ${keys} keys`);
		await later.close();
		await sam.goto(address);
		if ((await note.inputValue()) !== "Typed before the battery was empty.") throw new Error("it was sent");
	});
	await step("signing out wipes it", async () => {
		await world.stop();
		await note.fill("This is nobody else's business.");
		await sam.getByText(KEPT).first().waitFor();
		await sam.goto("about:blank");
		await world.serve();
		await sam.route("**/text", (route) => route.abort()); // the line is not good enough to send it before
		await sam.goto(`${world.url}/account`);
		if ((await stored(sam)).words.length !== 1) throw new Error("it was not kept");
		await sam.getByRole("button", { name: "Sign out" }).click();
		await sam.waitForURL(/sign/);
		const { words, keys } = await stored(sam);
		if (words.length + keys > 0) throw new Error(`${words.length} records, ${keys} keys`);
		await sam.unroute("**/text");
	});
	await step("and so does somebody else who signs in", async () => {
		await world.signIn(sam, "sam");
		await sam.goto(address);
		await world.stop();
		await note.fill("Sam typed this, not Chris.");
		await sam.getByText(KEPT).first().waitFor();
		await sam.goto("about:blank");
		await world.serve();
		await context.clearCookies();
		await sam.goto(world.url);
		await world.signIn(sam, "chris");
		await sam.goto(`${world.url}/account`);
		await sam.waitForTimeout(1500);
		const { words, keys } = await stored(sam);
		if (words.length + keys > 0) throw new Error(`${words.length} records, ${keys} keys`);
		await lee.goto(path);
		const shown = await lee.getByLabel("Notes", { exact: true }).inputValue();
		if (shown.includes("Chris")) throw new Error("it was sent");
	});
} finally {
	await context.close();
	rmSync(profile, { recursive: true, force: true });
	tap.same(world.faults, [], "no script failed and no policy was broken");
	tap.same(await world.end(), "", "the server stops cleanly and complained of nothing");
	tap.end();
}
