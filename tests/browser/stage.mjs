// The screen that a room sees: no name stands there, and none goes over the wire to it, that one of those present may
// not see. lee facilitates in one window and shares the other; dana and kofi come in.
//
// The canaries are the names of everybody in the export. Which of them may stand on the stage is asked of nobody here:
// before the checks, and with a guest in the room, it is none; otherwise it is that of the open household alone.
//
//     BYNAME=build/byname node tests/browser/stage.mjs
import { Tap } from "./tap.mjs";
import { PATIENCE_MS, World } from "./world.mjs";

const tap = new Tap();
const world = await World.make({ people: 1500 });
const text = async (locator) => (await locator.textContent()).trim().replace(/\s+/g, " ");

// Names are made-up words; those that staff, agencies or regions have too prove nothing.
const clients = world.rows("Client.csv").filter((client) => client.DateDeleted === "");
const names = new Set(clients.flatMap(({ FirstName, LastName }) => [FirstName, LastName]).filter((name) => name.length > 4));

// Everything that was sent to the stage's window, since the last look.
let sent = [];
function listen(page) {
	page.on("response", async (response) => {
		if ((response.headers()["content-type"] ?? "").startsWith("text/html")) sent.push(await response.text().catch(() => ""));
	});
}
const sung = (texts) => [...names].filter((name) => texts.some((words) => words.includes(name)));

// What the event stream of a meeting says from its beginning, asked for as the browser does.
async function events(page, meeting) {
	return page.evaluate(async (address) => {
		const stop = new AbortController();
		const response = await fetch(`${address}/events?after=0`, { signal: stop.signal });
		const reader = response.body.getReader();
		let said = "";
		setTimeout(() => stop.abort(), 1500);
		try {
			for (;;) said += new TextDecoder().decode((await reader.read()).value);
		} catch {
			return said;
		}
	}, meeting);
}

let story = true;
async function step(name, act) {
	if (story) story = await tap.step(name, act);
}
function same(got, wanted, what) {
	if (JSON.stringify(got) !== JSON.stringify(wanted)) throw new Error(`${what}: ${JSON.stringify(got)} and not ${JSON.stringify(wanted)}`);
}

let meeting, stage, named;
const says = (words) => stage.locator("#stage").getByText(words).first().waitFor();
const choose = async (select, words) => {
	const labels = await select.locator("option").allTextContents();
	await select.selectOption({ index: labels.findIndex((label) => label.startsWith(words)) });
};
async function record(page, words) {
	await page.getByLabel("Action step").fill(words);
	await choose(page.locator("[id^=step-owner]"), "Lee ");
	await page.getByRole("button", { name: "Record" }).click();
	await page.locator(".record__text", { hasText: words }).waitFor();
}

try {
	const lee = await world.page("lee");
	const [dana, kofi] = [await world.page("dana"), await world.page("kofi")];
	await step("the facilitator opens a second window", async () => {
		await lee.goto("/conferences");
		await lee.getByRole("button", { name: "Start the cycle" }).click();
		await lee.getByRole("link", { name: "Plan a conference" }).click();
		await choose(lee.getByLabel("Facilitator"), "Lee ");
		await choose(lee.getByLabel("Scribe"), "Sam ");
		await lee.getByRole("button", { name: "Plan it" }).click();
		await lee.getByRole("button", { name: "Check in", exact: true }).click();
		await lee.getByRole("button", { name: "Start the conference" }).click();
		meeting = new URL(lee.url()).pathname;
		const opened = lee.context().waitForEvent("page");
		await lee.getByRole("link", { name: "Open the stage" }).click();
		stage = await opened;
		await stage.locator("#stage").waitFor();
		listen(stage);
		await stage.reload();
		await says("Welcome and check-in");
		same(await stage.locator("a, button, input").count(), 0, "there is nothing to press");
	});
	await step("the open household is a word, until everything is checked", async () => {
		await lee.getByRole("button", { name: "Next household" }).click();
		await says(/^Household [A-Z][a-z]+$/);
		named = await text(lee.locator("#household-name"));
		await record(lee, `Tour Cedar Court with ${named}`);
		await says("its words are on your own screen");
		same(sung(sent), [], "names on the stage");
	});
	await step("then its name, where everybody present may hear it", async () => {
		for (const check of ["Nothing is taped", "Everybody on the line", "The confidentiality statement"]) {
			await lee.getByRole("button", { name: check }).click();
			await lee.locator('[aria-pressed="true"]', { hasText: check }).waitFor();
		}
		await says(named);
		await says(`Tour Cedar Court with ${named}`);
		same(sung(sent).filter((name) => !named.includes(name)), [], "other names on the stage");
		if (!/for \d+ of 10/.test(await text(lee.locator("#room")))) throw new Error("the cockpit does not say how many may be named");
	});
	await step("what tells about somebody’s health stays off", async () => {
		await record(lee, "Drive to the clinic on Friday");
		await stage.locator(".stage__steps li").nth(1).waitFor();
		if (/clinic/i.test(sent.join())) throw new Error("a clinic is on the stage");
	});
	await step("who is not covered waits, and no name goes away meanwhile", async () => {
		await world.byname("agreement", "end", "kofi");
		sent = [];
		await kofi.goto(meeting);
		await kofi.getByRole("button", { name: "Check in" }).click();
		await kofi.getByText("You are in the lobby").waitFor();
		await lee.getByText(/Kofi Mossanvil.* waits and has not signed/).waitFor();
		await lee.getByText(/\d+ of 10 names go off the stage/).first().waitFor();
		await says(named);
		for (const words of sent) if (words.includes('id="stage-name"') && !words.includes(named)) throw new Error("it blinked");
		same(sung([await (await kofi.request.get(`${meeting}/queue`)).text()]), [], "names in the lobby");
	});
	await step("let in, every name is a word, and no name is sent to the stage any more", async () => {
		await lee.getByRole("form", { name: /^Kofi/ }).getByRole("button", { name: "Let in" }).click();
		await says(/^Household [A-Z][a-z]+$/);
		sent = [];
		await record(lee, `Ask ${named} about Elm Street`);
		await stage.locator(".stage__steps li").nth(2).waitFor();
		await stage.reload();
		await says(/^Household [A-Z][a-z]+$/);
		same(sung(sent), [], "names on the stage");
		await lee.getByText("The name may be said aloud for 0 of 10.").waitFor();
		await lee.getByText(/hear no name: Kofi Mossanvil/).waitFor();
	});
	await step("the one in the lobby comes in by the door that looks again", () =>
		kofi.getByRole("link", { name: "Go to the meeting" }).waitFor({ timeout: PATIENCE_MS }));
	await step("when they leave, the name is there again", async () => {
		await lee.getByRole("button", { name: "Kofi Mossanvil leaves" }).click();
		await says(named);
	});
	await step("who is covered comes in at once where no name goes by it, and waits otherwise", async () => {
		await dana.goto(meeting);
		await dana.getByRole("button", { name: "Check in" }).click();
		await dana.locator("#queue").or(dana.getByText("You are in the lobby")).waitFor();
		const waits = (await dana.getByText("You are in the lobby").count()) > 0;
		await lee.reload();
		same((await lee.getByRole("form", { name: /^Dana/ }).count()) > 0, waits, "dana in the lobby");
	});
	await step("what was checked and does not hold any more takes the name off", async () => {
		await lee.getByRole("button", { name: "Nothing is taped" }).click(); // a bot came in
		await says(/^Household [A-Z][a-z]+$/);
	});
	await step("the events of the meeting name nobody", async () => {
		const said = await events(lee, meeting);
		if (!said.includes("attendance.admit")) throw new Error("the stream was not read");
		same(sung([said]), [], "names in events");
	});
	await step("closed, it shows nothing", async () => {
		lee.on("dialog", (dialog) => dialog.accept());
		await lee.goto(meeting);
		await choose(lee.getByLabel("Go to"), "Action items");
		await lee.getByRole("button", { name: "Go", exact: true }).click();
		await lee.getByRole("button", { name: "Close the conference" }).click();
		await lee.waitForURL("**/notes");
		await says("The conference is closed");
	});
} finally {
	tap.same(world.faults, [], "no script failed and no policy was broken");
	tap.same(await world.end(), "", "the server stops cleanly and complained of nothing");
	tap.end();
}
