// One person who is on record twice, walked by a list holder: the pair is suggested, decided, and taken back; what was
// written and agreed about the record that gives way is found from the one that stays.
//
//     BYNAME=build/byname node tests/browser/duplicates.mjs
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Tap } from "./tap.mjs";
import { World, dayIn } from "./world.mjs";

const tap = new Tap();
const world = await World.make({ people: 600, today: dayIn(0) });
const text = async (locator) => (await locator.textContent()).trim().replace(/\s+/g, " ");
const cellsOf = (file, id) => world.rows(file).filter((row) => row.PersonalID === id);

// Adds a second record of somebody to an export, with all contacts: the last letter of the name is another, and so are
// its ids.
function addTwin(folder, id, twin) {
	const [client] = cellsOf("Client.csv", id);
	const last = `${client.LastName.slice(0, -1)}${client.LastName.endsWith("x") ? "y" : "x"}`;
	const copy = (file, wanted, change) => {
		const path = join(folder, file);
		const lines = readFileSync(path, "utf8").trimEnd().split("\n");
		writeFileSync(path, [...lines, ...lines.filter(wanted).map(change)].join("\n") + "\n");
	};
	const isOf = (line) => line.includes(`"${id}"`) || line.split(",").includes(id);
	copy("Client.csv", isOf, (line) => line.replaceAll(id, twin).replace(client.LastName, last));
	const stays = new Map(cellsOf("Enrollment.csv", id).flatMap((stay) => [stay.EnrollmentID, stay.HouseholdID]).map((old, i) => [old, `TWIN-${i}`]));
	const swapped = (line) => [...stays].reduce((now, [old, made]) => now.replace(old, made), line.replaceAll(id, twin));
	copy("Enrollment.csv", isOf, swapped);
	for (const file of ["CurrentLivingSituation.csv", "Services.csv"]) copy(file, isOf, (line) => swapped(line).replace(/^"?/, "$&TWIN-"));
	return last;
}

let story = true;
const step = async (name, act) => { if (story) story = await tap.step(name, act); };

const lee = await world.page("lee");
const twin = "P-TWIN";
let name, twinName, first, second;

await step("somebody is entered a second time, with another last letter", async () => {
	await lee.goto("/list");
	name = await lee.locator("tbody th a[aria-label]").first().getAttribute("aria-label");
	await lee.getByRole("link", { name }).first().click();
	await lee.getByRole("complementary").getByRole("link", { name }).click();
	await lee.getByRole("heading", { name, level: 1 }).waitFor();
	first = new URL(lee.url()).pathname;
	const id = /P0\w+/.exec(await text(lee.locator("main")))[0];
	const folder = await world.export("twice");
	const last = addTwin(folder, id, twin);
	twinName = `${name.split(" ")[0]} ${last}`;
	await world.byname("import", folder);
	await world.releases(`personal_id,signed,until,scope\n${twin},${dayIn(0)},${dayIn(300)},coc\n`);
});
await step("the pair is suggested, with its working", async () => {
	await lee.goto("/duplicates");
	await lee.getByRole("button", { name: "Compare now" }).click();
	const pair = lee.getByRole("heading", { level: 2, name: twinName });
	await pair.waitFor();
	await lee.getByText(/Same birth date.*last name differs by one letter/i).first().waitFor();
	second = new URL(await pair.getByRole("link", { name: twinName }).getAttribute("href"), world.url).pathname;
});
await step("a meeting agrees on a step for the second record, and somebody asks what they want", async () => {
	await lee.goto(`${second}/ready`);
	const wishes = lee.locator("form", { has: lee.getByText("With a pet") });
	await wishes.getByLabel("With a pet").check();
	await wishes.getByRole("button", { name: "Save" }).click();
	await lee.goto("/conferences");
	await lee.getByLabel("Most critical households").fill("50");
	await lee.getByRole("button", { name: "Start the cycle" }).click();
	await lee.getByRole("link", { name: "Plan a conference" }).click();
	for (const [field, who] of [["Facilitator", "Lee "], ["Scribe", "Sam "]]) {
		const people = await lee.getByLabel(field).locator("option").allTextContents();
		await lee.getByLabel(field).selectOption({ index: people.findIndex((label) => label.startsWith(who)) });
	}
	await lee.getByLabel("Day", { exact: true }).fill(dayIn(0));
	await lee.getByRole("button", { name: "Plan it" }).click();
	await lee.getByRole("button", { name: "Check in", exact: true }).click();
	await lee.getByRole("button", { name: "Start the conference" }).click();
	await lee.locator("#queue").getByRole("link", { name: twinName }).click();
	await lee.getByRole("heading", { name: twinName }).waitFor();
	await lee.getByLabel("Action step").fill("Ask at the shelter");
	await lee.getByRole("button", { name: "Record" }).click();
	await lee.locator(".record__text", { hasText: "Ask at the shelter" }).waitFor();
});
await step("decided to be one person they are one row", async () => {
	await lee.goto("/duplicates");
	const card = lee.locator("section.card", { has: lee.getByRole("heading", { level: 2, name: twinName }) });
	await card.getByLabel("How you know").fill("The same scar, says the shelter");
	await card.getByRole("button", { name: "The same person" }).click();
	await lee.getByRole("heading", { name: "Decided" }).waitFor();
	await lee.goto("/conferences");
	await lee.getByRole("button", { name: "Look at the list again" }).click();
	const seats = lee.getByRole("region", { name: "This cycle" }).locator("tbody th");
	await seats.first().waitFor();
	const seated = await seats.allTextContents();
	if (seated.filter((seat) => seat.includes(name)).length !== 1) throw new Error(`${name} is not seated once`);
	if (seated.some((seat) => seat.includes(twinName) || seat.includes("no longer"))) throw new Error(`${twinName} is still seated`);
});
await step("what was agreed and written is found from the one that stays", async () => {
	await lee.goto(first);
	await lee.getByText("Stays of more than one record count here").waitFor();
	await lee.getByText("Ask at the shelter").first().waitFor();
	await lee.getByText(/Wants: With a pet/).first().waitFor();
});
await step("taken back, each has its own again", async () => {
	await lee.getByRole("button", { name: "Take back" }).click();
	await lee.goto(second);
	await lee.getByRole("heading", { name: twinName, level: 1 }).waitFor();
	await lee.getByText("Ask at the shelter").first().waitFor();
	await lee.goto(first);
	await lee.getByRole("heading", { name, level: 1 }).waitFor();
	for (const words of ["Ask at the shelter", "Stays of more than one record"])
		if ((await lee.getByText(words).count()) !== 0) throw new Error(`${words} is still on the page`);
});

tap.same(world.faults, [], "no script failed and no policy was broken");
tap.same(await world.end(), "", "the server stops cleanly and complained of nothing");
tap.end();
