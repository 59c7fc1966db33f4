// Pictures of the main screens, on a desk and on a phone, of made-up people.
//
//     BYNAME=build/byname node tests/browser/shots.mjs FOLDER
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { World, tellThePerson, dayIn } from "./world.mjs";

const folder = process.argv[2] ?? "shots";
const SIZES = { desk: { width: 1440, height: 1000 }, phone: { width: 390, height: 844 } };

mkdirSync(folder, { recursive: true });
const world = await World.make({ people: 6000, today: dayIn(-31) });

async function shoot(page, name, address) {
	if (address) await page.goto(address);
	await page.mouse.move(0, 0);
	for (const [size, viewport] of Object.entries(SIZES)) {
		await page.setViewportSize(viewport);
		await page.evaluate(() => scrollTo(0, 0));
		await page.screenshot({ path: join(folder, `${name}-${size}.png`) });
	}
	await page.setViewportSize(SIZES.desk);
}

async function choose(select, words) {
	const labels = await select.locator("option").allTextContents();
	await select.selectOption({ index: labels.findIndex((label) => label.startsWith(words)) });
}

async function plan(page) {
	await page.goto("/conferences");
	await page.getByRole("link", { name: "Plan a conference" }).click();
	await choose(page.getByLabel("Facilitator"), "Lee ");
	await choose(page.getByLabel("Scribe"), "Sam ");
	await page.getByLabel("Day", { exact: true }).fill(dayIn(0));
	await page.getByLabel("Next meeting").fill(dayIn(30));
}

async function begin(page) {
	await page.getByRole("button", { name: "Plan it" }).click();
	await page.getByRole("button", { name: "Check in", exact: true }).click();
	await page.getByRole("button", { name: "Start the conference" }).click();
	await page.getByRole("button", { name: "Next household" }).click();
	await page.locator("#household-name").waitFor();
	return new URL(page.url()).pathname;
}

const card = (page) => page.locator("#household");

async function record(page, words, owner, due) {
	const form = card(page).locator("form").filter({ has: page.getByRole("button", { name: "Record" }) });
	await form.getByLabel("Action step").fill(words);
	await choose(form.getByLabel("Who"), owner);
	await form.getByLabel("By when").fill(dayIn(due));
	await form.getByRole("button", { name: "Record" }).click();
	await page.locator(".record__text", { hasText: words }).waitFor();
}

async function press(page, name) {
	await card(page).getByRole("button", { name, exact: typeof name === "string" }).first().click();
}

// One household from barrier to next review.
async function work(page, { barrier, words, owner, due, target }) {
	await press(page, barrier);
	await page.locator('button[aria-pressed="true"]', { hasText: barrier }).waitFor();
	await record(page, words, owner, due);
	await press(page, "Confirm");
	await page.getByText("read back", { exact: true }).waitFor();
	await press(page, target);
	await card(page).getByText(/\d{4}\. What is realistic/).waitFor();
	await press(page, /^Review /);
	await card(page).getByText(/^On .*\.$/).waitFor();
}

// Says what became of a step that was brought along.
async function answer(page, at, words) {
	const step = card(page).locator(".record").nth(at);
	await step.getByRole("button", { name: words }).click();
	await step.locator('button[aria-pressed="true"]', { hasText: words }).waitFor();
}

async function next(page) {
	const before = await page.locator("#household-name").textContent();
	await tellThePerson(page);
	await press(page, /Next household/);
	await page.waitForFunction((name) => document.getElementById("household-name").textContent !== name, before);
}

try {
	const lee = await world.page("lee");
	lee.on("dialog", (dialog) => dialog.accept());
	await shoot(await world.page(null), "sign-in", "/sign-in");
	await shoot(await world.page("pat"), "counts", "/counts");

	await shoot(lee, "cycle-none", "/conferences");
	await lee.getByLabel("To house in a month").fill("6");
	await lee.getByRole("button", { name: "Start the cycle" }).click();
	await lee.getByRole("region", { name: "This cycle" }).waitFor();
	await plan(lee);
	await shoot(lee, "plan");
	const first = await begin(lee);
	await shoot(await world.page("dana"), "door", first);
	await work(lee, { barrier: "Documents", words: "Order the birth certificate", owner: "Dana ", due: 12, target: "+2 weeks" });
	await next(lee);
	await work(lee, { barrier: "Landlord", words: "Call the landlord of Elm Street", owner: "Kofi ", due: 8, target: "End of month" });
	await next(lee);
	await work(lee, { barrier: "Contact", words: "Verify chronic status with shelter stays", owner: "Priya ", due: 6, target: "+1 week" });
	await record(lee, "Ask the night shelter for a quiet bed", "Dana ", 9);
	await press(lee, "Confirm");
	await lee.getByText("read back", { exact: true }).nth(1).waitFor();
	await next(lee);
	await lee.getByLabel("Go to").selectOption({ label: "Action items and closing" });
	await lee.getByRole("button", { name: "Go", exact: true }).click();
	await lee.context().request.post(`${first}/close`, {
		form: { csrf: await lee.locator("body").getAttribute("data-csrf") },
		headers: { Origin: world.url },
	});
	await shoot(lee, "notes", `${first}/notes`);

	// The next month, in the middle of it.
	const admin = await world.page("admin");
	const zip = await world.zip(await world.export("later", "--months-later", "1"));
	await admin.goto("/import");
	await admin.getByLabel("HMIS CSV export").setInputFiles(zip);
	await admin.getByRole("button", { name: "Read it" }).click();
	await admin.getByRole("heading", { name: "Preview" }).waitFor({ timeout: 60000 });
	await shoot(admin, "import");
	await admin.getByRole("button", { name: "Apply" }).click();
	await admin.getByText("applied").nth(1).waitFor({ timeout: 60000 });
	await shoot(admin, "people", "/people");

	await plan(lee);
	const second = await begin(lee);
	for (const login of ["sam", "dana", "priya"]) {
		const other = await world.page(login);
		await other.goto(second);
		await other.getByRole("button", { name: "Check in", exact: true }).click();
		await other.locator("#queue").waitFor();
	}
	for (let i = 0; i < 2; i++) {
		await answer(lee, 0, "Not yet");
		await next(lee);
	}
	await answer(lee, 0, "Done");
	await answer(lee, 1, "Not yet");
	await press(lee, "Unit in preferred place");
	await lee.locator('button[aria-pressed="true"]', { hasText: "Unit in preferred place" }).waitFor();
	await record(lee, "Tour the one-bedroom on Cedar Court", "Priya ", 9);
	await shoot(lee, "conference", second);
	const sam = await world.page("sam");
	await shoot(sam, "conference-scribe", second);

	await lee.goto("/list");
	await lee.locator("a[data-open]").nth(4).click();
	await shoot(lee, "list");
	await lee.getByRole("complementary").getByRole("link").first().click();
	await shoot(lee, "household");
	await shoot(lee, "cycle", "/conferences");
	await shoot(lee, "register", "/conferences/steps");
	await shoot(await world.page("dana"), "list-provider", "/list");
} finally {
	await world.end();
}
