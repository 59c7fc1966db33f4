// Files for agencies, as people make and fetch them: notes are read before they go, the pass-phrase is shown once, the
// agency fetches the file where it signs in, and what is withdrawn is gone.
//
//     BYNAME=build/byname node tests/browser/share.mjs
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Tap } from "./tap.mjs";
import { World } from "./world.mjs";

const tap = new Tap();
const world = await World.make({ people: 1500 });
const lee = await world.page("lee");
const dana = await world.page("dana");
const folder = mkdtempSync(join(tmpdir(), "byname-share-"));

async function choose(label, words) {
	const names = await lee.getByLabel(label).locator("option").allTextContents();
	await lee.getByLabel(label).selectOption({ index: names.findIndex((name) => name.startsWith(words)) });
}

// A meeting that dana's agency takes part in, and a step with somebody else's name, a number and a friend in it.
let named, other, mine;
async function begin() {
	await lee.goto("/conferences");
	await lee.getByRole("button", { name: "Start the cycle" }).click();
	await lee.getByRole("link", { name: "Plan a conference" }).click();
	await choose("Facilitator", "Lee");
	await choose("Scribe", "Sam");
	await lee.getByRole("button", { name: "Plan it" }).click();
	await lee.waitForURL(/\/conference\/[^/]+$/);
	await lee.getByRole("button", { name: "Check in", exact: true }).click();
	await lee.getByRole("button", { name: "Start the conference" }).click();
	await lee.getByRole("button", { name: "Next household" }).click();
	named = (await lee.locator("#household-name").textContent()).trim();
	await dana.goto(new URL(lee.url()).pathname);
	await dana.getByRole("button", { name: "Check in" }).first().click();
	const clients = world.rows("Client.csv").filter(({ DateDeleted, LastName, FirstName }) => DateDeleted === "" && /^[A-Z][a-z]{5,}$/.test(LastName) && /^[A-Z][a-z]{4,}$/.test(FirstName));
	other = clients.find(({ LastName }) => !named.includes(LastName));
	await lee.getByLabel("Action step").fill(`Ask ${other.FirstName} ${other.LastName} to call 555-867-5309 for ${named}, with the friend from the blue boat`);
	await lee.getByRole("button", { name: "Record" }).click();
	await lee.locator("#household [id^=step-]:not([id*=words]):not([id*=form]):not([id*=owner]):not([id*=due])").first().waitFor();
}

// Who is named in a text of the note.
const told = (text) => [named, other.LastName, "867-5309", ...named.split(" ").filter((word) => word.length > 4)].filter((word) => text.includes(word));
const noted = () => lee.locator("section.card p").allTextContents().then((texts) => texts.join("\n"));

if (await tap.step("a meeting is under way", begin)) {
	await dana.goto("/account");
	const header = await dana.locator("header").first().textContent();
	await lee.goto("/share");
	mine = (await lee.getByLabel("For", { exact: true }).locator("option").allTextContents()).find((name) => header.includes(name));
	await lee.getByLabel("For", { exact: true }).selectOption({ label: mine });
	await lee.getByLabel("Kind of file").selectOption("zip");
	await lee.getByText("With the next step of each household").click();
	await lee.getByRole("button", { name: "Make it" }).click();
	await lee.getByRole("heading", { name: "Read them before they go" }).waitFor();
	tap.same(told(await noted()), [], "the note is shown without names and numbers");
	tap.ok((await lee.locator("mark").count()) >= 3, "what was found is marked");
	tap.ok((await noted()).includes("blue boat"), "what only the writer knows is still there");

	await lee.getByLabel("Leave out as well").fill("the friend from the blue boat");
	await lee.getByRole("button", { name: "Show it again" }).click();
	await lee.locator("mark", { hasText: "left out" }).waitFor();
	tap.ok(!(await noted()).includes("boat"), "the writer leaves words out");

	await lee.getByLabel("Leave out as well").fill("the friend from the blue boat\nAsk");
	await lee.getByRole("button", { name: "I have read all of it" }).click();
	await lee.getByRole("alert").waitFor();
	tap.ok((await lee.getByRole("alert").textContent()).includes("Read them once more"), "nothing goes that was not read as it goes");

	await lee.getByRole("button", { name: "I have read all of it" }).click();
	await lee.getByRole("heading", { name: "The pass-phrase" }).waitFor();
	const phrase = (await lee.locator("code").textContent()).trim();
	tap.ok(/^([0-9a-z]{5}-){3}[0-9a-z]{5}$/.test(phrase), "the pass-phrase is shown", phrase);
	await lee.goto("/share");
	tap.ok(!(await lee.content()).includes(phrase), "and only once");

	await dana.goto("/share");
	const [download] = await Promise.all([dana.waitForEvent("download"), dana.getByRole("button", { name: "Download" }).click()]);
	const file = join(folder, "list.zip");
	await download.saveAs(file);
	let list = "";
	try {
		execFileSync("7z", ["x", "-y", `-o${folder}`, `-p${phrase}`, file], { stdio: "ignore" });
		list = readFileSync(join(folder, "list.csv"), "utf8");
	} catch (error) {
		tap.note(`7-Zip: ${error.message}`);
	}
	const line = list.split("\n").find((row) => row.includes("to call"));
	tap.ok(line, "the agency opens it, with the note");
	tap.same(["867-5309", other.LastName, "boat"].filter((word) => list.split("\n").some((row) => row.includes("to call") && row.includes(word))), [], "which says nobody");
	await lee.reload();
	tap.ok((await lee.locator("article").first().textContent()).includes("Fetched by Dana"), "who has what says who fetched it");

	await dana.goto("/share");
	lee.on("dialog", (dialog) => dialog.accept());
	await lee.getByRole("button", { name: "Withdraw" }).click();
	await lee.getByText("nobody can fetch it any more").first().waitFor();
	await dana.getByRole("button", { name: "Download" }).click();
	await dana.getByRole("alert").waitFor();
	tap.ok((await dana.getByRole("alert").textContent()).includes("withdrawn"), "what is withdrawn cannot be fetched");
}
rmSync(folder, { recursive: true });
tap.same(await world.end(), "", "the server stops without a complaint");
tap.end();
