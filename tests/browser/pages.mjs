// Every page as everybody who may open it: nothing serious found by axe, no page wider than its window,
// no script error, no broken policy; the list and the conference by keyboard alone; the pages without
// JavaScript.
//
//     BYNAME=build/byname node tests/browser/pages.mjs
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Tap } from "./tap.mjs";
import { World, tellThePerson } from "./world.mjs";

const SIZES = [
	{ width: 1440, height: 1000 },
	{ width: 360, height: 740 },
];
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const tap = new Tap();
const world = await World.make({ people: 1500 });

// A meeting under way with something in every place, and one that is closed.
async function choose(select, words) {
	const labels = await select.locator("option").allTextContents();
	await select.selectOption({ index: labels.findIndex((label) => label.startsWith(words)) });
}

async function plan(page) {
	await page.goto("/conferences");
	await page.getByRole("link", { name: "Plan a conference" }).click();
	await choose(page.getByLabel("Facilitator"), "Lee ");
	await choose(page.getByLabel("Scribe"), "Sam ");
	await page.getByRole("button", { name: "Plan it" }).click();
	await page.waitForURL(/\/conference\/[^/]+$/);
	return new URL(page.url()).pathname;
}

async function begin(page) {
	await page.getByRole("button", { name: "Check in", exact: true }).click();
	await page.getByRole("button", { name: "Start the conference" }).click();
	await page.getByRole("button", { name: "Next household" }).click();
	await page.locator("#household-name").waitFor();
}

// --- without JavaScript: sign in, list, filter, household, a whole meeting by forms ---
const bare = await world.page(null, { javaScriptEnabled: false });
let closed, live, household, letter;
const heading = (page) => page.getByRole("heading", { level: 1 }).textContent();

await tap.step("without JavaScript: sign in, and the list is there", async () => {
	await world.signIn(bare, "lee");
	if (!/^By-name list, Region 4/.test(await heading(bare))) throw new Error(await heading(bare));
});
await tap.step("without JavaScript: another region, a filter, a search, the panel, a household", async () => {
	await bare.getByLabel("Region").selectOption({ label: "Region 1" });
	await bare.getByRole("button", { name: "Show" }).click();
	await bare.getByRole("heading", { name: "By-name list, Region 1" }).waitFor();
	await bare.goto("/list");
	await bare.getByRole("link", { name: "Chronic" }).click();
	await bare.locator('a[aria-current="true"]', { hasText: "Chronic" }).waitFor();
	await bare.goto("/list");
	const name = await bare.locator("tbody th a").nth(1).getAttribute("aria-label");
	await bare.getByLabel("Find a household").fill(name.split(" ").at(-1));
	await bare.getByLabel("Find a household").press("Enter");
	await bare.getByRole("link", { name }).click();
	await bare.getByRole("complementary").getByRole("link", { name }).click();
	await bare.getByRole("heading", { name, level: 1 }).waitFor();
	household = new URL(bare.url()).pathname;
});
await tap.step("without JavaScript: a part of the list has a cycle of its own", async () => {
	await bare.goto("/conferences");
	await bare.getByRole("link", { name: "A part of the list" }).click();
	await bare.getByLabel("Whom it takes").fill("status:housed");
	await bare.getByRole("button", { name: "How many are they?" }).click();
	await bare.getByText("take the status out of the filter").waitFor();
	await bare.goto("/list?where=veteran:yes");
	await bare.getByText("Filter, order, columns and views").click();
	await bare.getByLabel("Save what you see as").fill("Who served");
	await bare.getByRole("button", { name: "Save", exact: true }).click();
	await bare.goto("/conferences/lists");
	await bare.getByRole("link", { name: "Who served" }).click();
	await bare.getByText("veteran: yes").waitFor();
	await bare.getByLabel("Name", { exact: true }).fill("Veterans");
	await bare.getByRole("button", { name: "Start its cycle" }).click();
	await bare.getByRole("heading", { level: 1, name: /: Veterans$/ }).waitFor();
	const seats = bare.getByRole("region", { name: "This cycle" }).locator("tbody th");
	if ((await seats.count()) === 0) throw new Error("no veteran has a seat");
	await bare.getByRole("link", { name: "Whole list" }).click();
	await bare.getByText("No cycle has been started.").waitFor();
	await bare.getByRole("link", { name: "Veterans" }).click();
	await bare.getByRole("button", { name: "End this working list" }).click();
	await bare.getByRole("heading", { level: 1, name: /^Conferences, [^:]*$/ }).waitFor();
	if ((await bare.getByRole("link", { name: "Veterans" }).count()) !== 0) throw new Error("an ended list is still there");
});
await tap.step("without JavaScript: a cycle and a planned conference", async () => {
	await bare.goto("/conferences");
	await bare.getByRole("button", { name: "Start the cycle" }).click();
	closed = await plan(bare);
	await begin(bare);
});
await tap.step("without JavaScript: the forms of a household", async () => {
	const card = bare.locator("#household");
	await card.getByLabel("What has been done").fill("Called twice.");
	await card.locator("form", { has: bare.getByLabel("What has been done") }).getByRole("button", { name: "Save" }).click();
	await bare.getByRole("button", { name: "Documents" }).click();
	await bare.locator('button[aria-pressed="true"]', { hasText: "Documents" }).waitFor();
	await card.getByLabel("Action step").fill("Call the landlord");
	await choose(card.getByLabel("Who", { exact: true }).last(), "Dana ");
	await card.getByRole("button", { name: "Record" }).click();
	await bare.getByRole("button", { name: "Confirm" }).click();
	await bare.getByText("read back", { exact: true }).waitFor();
	await bare.getByRole("button", { name: "+1 week" }).click();
	await bare.getByRole("button", { name: /^Review / }).click();
	if ((await bare.getByLabel("What has been done").inputValue()) !== "Called twice.") throw new Error("the words are lost");
	await tellThePerson(bare);
	await bare.getByRole("button", { name: "Next household" }).click();
	await bare.getByLabel("Go to").selectOption({ label: "Action items and closing" });
	await tellThePerson(bare);
	await bare.getByText("Shelve until…").click();
	await bare.getByLabel("What you wait for").fill("A voucher");
	await bare.getByRole("button", { name: "Shelve for now" }).click();
	await bare.getByRole("link", { name: /^1|✓/ }).first().waitFor();
});
await tap.step("without JavaScript: a question that nobody can answer has an owner", async () => {
	await bare.getByText("A question that nobody here can answer").click();
	await bare.getByLabel("The question, without a name").fill("Which office gives out bus passes?");
	await choose(bare.getByLabel("Who finds it out"), "Lee ");
	await bare.getByRole("button", { name: "Give it to them" }).click();
	await bare.goto("/mine");
	await bare.getByRole("link", { name: "Which office gives out bus passes?" }).click();
	await bare.getByLabel("The answer").fill("The one at the station.");
	await bare.getByRole("button", { name: "Answer it" }).click();
	await bare.getByRole("heading", { name: "My steps" }).waitFor();
	if ((await bare.getByText("bus passes").count()) !== 0) throw new Error("an answered question is still to find out");
});
await tap.step("without JavaScript: a contact is logged with one tap", async () => {
	await bare.goto(household);
	await bare.getByRole("link", { name: "Log a contact" }).click();
	await bare.getByRole("button", { name: "I tried, no answer" }).click();
	await bare.getByText("tried, no answer", { exact: false }).first().waitFor();
	await bare.getByRole("button", { name: "We met" }).click();
	await bare.getByText("Last contact: today").waitFor();
	await bare.goto(household);
	await bare.getByText("met in person").waitFor();
	await bare.goto("/mine");
	await bare.getByRole("link", { name: /^Log a contact/ }).first().waitFor();
});
await tap.step("without JavaScript: a month is given to somebody, and a paper fills its box", async () => {
	await bare.goto(`${household}/months`);
	const papers = bare.locator(".lines form", { has: bare.getByRole("button", { name: /^Withdraw/ }) });
	if ((await papers.count()) !== 0) throw new Error("there are papers already");
	await bare.getByText("Give a month to somebody").click();
	const month = (await bare.locator("#f-month option").first().textContent()).trim();
	await choose(bare.getByLabel("Who gets it documented"), "Lee ");
	await bare.getByRole("button", { name: "Give it" }).click();
	await bare.getByRole("button", { name: new RegExp(`^It is over.*${month}`) }).waitFor();
	await bare.getByText("Record a paper").click();
	await bare.locator("#f-first").selectOption({ label: month });
	await bare.locator("#f-kept").fill("Blue folder, second shelf");
	await bare.getByRole("button", { name: "Record it" }).click();
	await bare.getByText("Say who signed it").waitFor();
	if ((await bare.locator("#f-kept").inputValue()) !== "Blue folder, second shelf") throw new Error("the words are lost");
	await bare.getByLabel(/^Who signed/).fill("A neighbor");
	await bare.getByRole("button", { name: "Record it" }).click();
	await papers.first().waitFor();
	if ((await bare.getByRole("button", { name: new RegExp(`^It is over.*${month}`) }).count()) !== 0) throw new Error("the task is not over");
	await bare.locator("td.box--third", { hasText: `${month}: Third-party` }).waitFor();
	await papers.getByRole("button").click();
	await bare.getByText(/withdrawn by Lee /).waitFor();
	if ((await bare.locator("td.box", { hasText: "A neighbor" }).count()) !== 0) throw new Error("a withdrawn paper counts");
	await bare.getByText("Give a month to somebody").click();
	await choose(bare.getByLabel("Who gets it documented"), "Lee ");
	await bare.getByRole("button", { name: "Give it" }).click();
	letter = await bare.locator(`a[href*="/months/letter"]`).first().getAttribute("href");
	await bare.goto("/conferences/steps");
	await bare.getByRole("heading", { name: "Months that you are getting documented" }).waitFor();
	await bare.goto(household);
	await bare.getByRole("heading", { name: "Months to be documented" }).waitFor();
});
await bare.context().close();

{
	const lee = await world.page("lee");
	lee.on("dialog", (dialog) => dialog.accept());
	const csrf = async () => lee.locator("body").getAttribute("data-csrf");
	await lee.goto(closed);
	await lee.context().request.post(`${closed}/close`, { form: { csrf: await csrf() }, headers: { Origin: world.url } });
	await tap.step("what was read is handed out", async () => {
		await lee.goto(`${closed}/notes`);
		await lee.getByRole("link", { name: "Hand out notes and tasks" }).click();
		await lee.getByText("Which office gives out bus passes?").waitFor();
		await lee.getByRole("button", { name: "I have read all of it" }).click();
		await lee.getByText(/^Handed out by Lee/).waitFor();
		const text = await (await lee.context().request.get(`${closed}/handout`)).text();
		if (!text.includes("Call the landlord") || !text.includes("The one at the station.")) throw new Error("something is missing");
		await lee.goto(`${closed}/hmis`);
		await lee.locator("pre", { hasText: "Next step: Call the landlord" }).waitFor();
	});
	live = await plan(lee);
	await begin(lee);
	await lee.context().close();
}

// --- every page at two widths ---
const pagesOf = {
	nobody: ["/sign-in", "/sign-in?next=/list"],
	lee: ["/list", "the panel", "/list?find=zzzz", "/flags", "/flags/assessed", "/conferences", "/conferences/steps", "the plan",
		"/counts", "/timely", "/ledger", "/share", "/moves", "/policy", "/standards", "/sources", "/conferences/ready", "/account",
		"/openings", "/openings/board", "/directory", "/referrals", "a referral", "/reports", "/reports?report=side-door&from=2020-01-01",
		household, `${household}/months`, `${household}/laws`, `${household}/corrections`, "/requests", `${household}/support`, `${household}/contact`,
		`${household}/copy`, `${household}/copy?language=es`,
		letter, live, closed, `${closed}/notes`, `${closed}/notes?names=1`, `${closed}/after`, `${closed}/hmis`, "/mine", "/series", "/nowhere"],
	sam: ["/account/agreement", "/account/tell", "/list", "/conferences", live],
	dana: ["/mine", "/conferences/word", `${household}/contact`, "/list", "/referrals", household, `${household}/months`, "/conferences", "/conferences/steps", live],
	chris: ["/list", "/conferences"],
	pat: ["/counts", "/timely", "/ledger", "/reports?report=side-door-agencies", "/consent/forms", "/account", "/list"],
	admin: ["/counts", "/import", "/regions", "/calendar", "/people", "/agencies", "/account"],
	quinn: ["/journal", "/incidents", "/journal/shown", "/journal/disposal", "/counts", "/account"],
};

// What is wrong with the page that is open, in a few words each.
async function faultsOf(page) {
	await page.evaluate(axe);
	return page.evaluate(async () => {
		const { violations } = await window.axe.run({ resultTypes: ["violations"] });
		const faults = violations
			.filter(({ impact }) => impact === "serious" || impact === "critical")
			.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" ")}`);
		const { scrollWidth, clientWidth } = document.documentElement;
		if (scrollWidth > clientWidth) faults.push(`${scrollWidth - clientWidth} px too wide`);
		if (document.querySelector("[style], script:not([src]), style")) faults.push("inline style or script");
		return faults;
	});
}

// Addresses with ids in them are read from a page.
const linked = { "a referral": ["/referrals", "#running ~ ul a"], "the panel": ["/list", "a[data-open]"], "the plan": ["/conferences", 'a[href^="/conferences/plan"]'] };
let looked = 0;
const faults = [];
const expected = new Set(["/nowhere", "/list as pat"]); // answered with an error, on purpose
for (const [login, paths] of Object.entries(pagesOf)) {
	const page = await world.page(login === "nobody" ? null : login);
	for (const path of paths) {
		let address = path;
		if (path in linked) {
			const [from, name] = linked[path];
			await page.goto(from);
			address = await page.locator(name).first().getAttribute("href");
		}
		const response = await page.goto(address);
		const good = expected.has(path) || expected.has(`${path} as ${login}`) ? response.status() >= 400 : response.ok();
		if (!good) faults.push(`${login} ${path}: ${response.status()}`);
		if (!/script-src 'self'; style-src 'self'/.test(response.headers()["content-security-policy"])) faults.push(`${path}: no policy`);
		// What a page is made of is the same for all; lee's pages are looked at in both sizes.
		for (const size of login === "lee" ? SIZES : SIZES.slice(-1)) {
			await page.setViewportSize(size);
			faults.push(...(await faultsOf(page)).map((fault) => `${login} ${path} at ${size.width}: ${fault}`));
			looked++;
		}
	}
	await page.context().close();
}
tap.same(faults, [], `${looked} views: nothing serious for axe, none wider than its window, no inline script or style`);

// --- the keyboard alone ---
await tap.step("the list by keyboard: / finds, arrows move, Enter opens", async () => {
	const page = await world.page("lee");
	await page.goto("/list");
	await page.keyboard.press("/");
	if (!(await page.getByLabel("Find a household").evaluate((field) => field === document.activeElement))) throw new Error("/ does not find");
	await page.keyboard.press("Tab");
	await page.keyboard.press("ArrowDown");
	await page.keyboard.press("ArrowDown");
	const name = await page.evaluate(() => document.activeElement.textContent.trim());
	await page.keyboard.press("Enter");
	await page.getByRole("complementary").getByRole("heading", { name }).waitFor();
	await page.context().close();
});

// Presses Tab until `locator` has the focus, as somebody without a mouse would.
async function tabTo(page, locator) {
	await locator.waitFor();
	for (let i = 0; i < 120; i++) {
		if (await locator.evaluate((element) => element === document.activeElement)) return;
		await page.keyboard.press("Tab");
	}
	throw new Error(`Tab does not reach ${locator}`);
}

await tap.step("the conference by keyboard: a barrier, a step, its confirmation, a date, the next household", async () => {
	const page = await world.page("lee");
	await page.goto(live);
	const first = await page.locator("#household-name").textContent();
	await tabTo(page, page.getByRole("button", { name: "Documents" }));
	await page.keyboard.press("Enter");
	await page.locator('button[aria-pressed="true"]', { hasText: "Documents" }).waitFor();
	const words = page.locator("textarea[name=words][id^=step-words]");
	await tabTo(page, words);
	await page.keyboard.type("Bring the letter");
	await tabTo(page, page.locator("#household select[name=owner]").last());
	await page.keyboard.press("ArrowDown");
	await tabTo(page, page.getByRole("button", { name: "Record" }));
	await page.keyboard.press("Enter");
	await tabTo(page, page.getByRole("button", { name: "Confirm" }));
	await page.keyboard.press("Enter");
	await page.getByText("read back", { exact: true }).waitFor();
	await tabTo(page, page.getByRole("button", { name: "+2 weeks" }));
	await page.keyboard.press("Space");
	await page.locator("#household").getByText(/\d{4}\. What is realistic/).waitFor();
	await tabTo(page, page.locator("select[name=way]"));
	await page.keyboard.press("ArrowDown");
	await tabTo(page, page.getByRole("button", { name: "Keep" }));
	await page.keyboard.press("Enter");
	await page.locator("form[id^=tell-form]").getByRole("button", { name: "Change" }).waitFor();
	await tabTo(page, page.getByRole("button", { name: "Next household" }));
	await page.keyboard.press("Enter");
	await page.waitForFunction((name) => document.getElementById("household-name").textContent !== name, first);
	await page.context().close();
});

tap.same(world.faults, [], "no script failed and no policy was broken");
tap.same(world.refused.filter((line) => !/(404|403|422 .*\/months$)/.test(line)), [], "nothing that a page needs is missing");
tap.same(await world.end(), "", "the server stops cleanly and complained of nothing");
tap.end();
