// A region's case conference from the list to the next month, run by people in browsers of their own:
// lee facilitates, sam writes, dana is a provider; the administrator imports meanwhile.
//
//     BYNAME=build/byname node tests/browser/conference.mjs sqlite|postgres [FOLDER]
//
// Where a step fails, pictures of the three screens go into FOLDER.
import { Tap } from "./tap.mjs";
import { Wire } from "./wire.mjs";
import { PATIENCE_MS, World, dayIn, tellThePerson } from "./world.mjs";

const [, , engine = "sqlite", pictures] = process.argv;
const WANTED_MS = 1000; // a change is on the others' screens within a second; measured, not demanded
const MONTH_DAYS = 31;

const tap = new Tap();
const delays = [];

// The first export is a month old, so that the next one is of today.
const world = await World.make({ engine, people: 1500, today: dayIn(-MONTH_DAYS) });
const wire = await Wire.to(world.url);

const text = async (locator) => (await locator.textContent()).trim().replace(/\s+/g, " ");
const part = (page, name) => page.locator("section.step").filter({ has: page.getByRole("heading", { name }) });
const householdOf = (page) => text(page.locator("#household-name"));

// Until `check` gives something true; its last answer.
async function until(check, what, ms = PATIENCE_MS) {
	const end = Date.now() + ms;
	for (;;) {
		const found = await check();
		if (found) return found;
		if (Date.now() > end) throw new Error(`${what}: not within ${ms} ms`);
		await new Promise((done) => setTimeout(done, 10));
	}
}

// `act` by one person is seen by another: `sees` holds soon after the server has it.
async function seen(act, ...sees) {
	await act();
	const begun = Date.now();
	await Promise.all(sees.map((see) => see()));
	delays.push(Date.now() - begun);
}

const shows = (locator) => () => locator.first().waitFor();
const isPressed = (page, name) => shows(page.locator(`button[aria-pressed="true"]`).filter({ hasText: name }));
const holds = (locator, value) => () => until(async () => (await locator.inputValue()) === value, `the field with “${value}”`);

let story = true;
// The story goes on only where its last step held.
async function step(name, act) {
	if (story) story = await tap.step(name, act);
	else return;
	if (!story && pictures)
		for (const [who, page] of Object.entries({ lee, sam, dana })) await page.screenshot({ path: `${pictures}/${who}.png` });
}

let lee, sam, dana, meeting;
let first10; // names of the households of the cycle
const note = (page) => page.getByLabel("Notes", { exact: true });
const followUp = (page) => page.getByLabel("What has been done");

// Chooses the option that begins with `words`.
async function choose(select, words) {
	const labels = await select.locator("option").allTextContents();
	await select.selectOption({ index: labels.findIndex((label) => label.startsWith(words)) });
}

async function record(page, words, owner, due) {
	const form = part(page, "Action step").locator("form").filter({ hasText: "Record" });
	await form.getByLabel("Action step").fill(words);
	if (owner) await choose(form.getByLabel("Who"), owner);
	await form.getByLabel("By when").fill(due);
	await form.getByRole("button", { name: "Record" }).click();
}

// Plans a conference of today on the region's open cycle; the page of the meeting is open afterwards.
async function plan(page) {
	await page.getByRole("link", { name: "Plan a conference" }).click();
	await choose(page.getByLabel("Facilitator"), "Lee ");
	await choose(page.getByLabel("Scribe"), "Sam ");
	await page.getByLabel("Day", { exact: true }).fill(dayIn(0));
	await page.getByLabel("Next meeting").fill(dayIn(28));
	await page.getByRole("button", { name: "Plan it" }).click();
	await page.waitForURL(/\/conference\/[^/]+$/);
}

async function checkIn(page, address) {
	if (address) await page.goto(address);
	await page.getByRole("button", { name: "Check in", exact: true }).click();
	await page.locator("#queue").waitFor();
}

try {
	const [first, second] = [await world.browser(), await world.browser()];
	lee = await world.page("lee", { browser: first });
	sam = await world.page("sam", { browser: second, baseURL: wire.url });
	dana = await world.page("dana", { browser: second });

	await step("from the list to a cycle of the ten most critical", async () => {
		await lee.goto("/list");
		first10 = (await lee.locator("tbody th a").allTextContents()).slice(0, 10) /* first names, codes */;
		await lee.getByRole("link", { name: "Plan conference" }).click();
		await lee.getByRole("button", { name: "Start the cycle" }).click();
		const seats = lee.getByRole("region", { name: "This cycle" }).locator("tbody th");
		await seats.first().waitFor();
		const seated = (await seats.allTextContents()).map((cell) => cell.trim());
		if (seated.length !== 10) throw new Error(`${seated.length} seats`);
		seated.forEach((seat, i) => {
			if (!seat.startsWith(first10[i])) throw new Error(`seat ${i + 1} is ${seat}, the list has ${first10[i]}`);
		});
	});
	await step("the list marks them", async () => {
		await lee.goto("/list");
		if ((await lee.locator("tr.in-cycle").count()) !== 10) throw new Error("not ten gold rows");
		await lee.getByRole("link", { name: "Plan conference" }).click();
	});
	await step("a conference is planned", async () => {
		await plan(lee);
		meeting = new URL(lee.url()).pathname;
	});
	await step("before checking in there is a door and no household", async () => {
		await dana.goto(meeting);
		await dana.getByRole("button", { name: "Check in" }).waitFor();
		if ((await dana.locator("#queue").count()) !== 0) throw new Error("the queue is in front of the door");
	});
	await step("checking in is seen by the others", async () => {
		await checkIn(lee);
		await seen(() => checkIn(sam, meeting), shows(lee.locator("#room").getByText("Sam Rookhollow")));
		await seen(() => checkIn(dana), shows(lee.locator("#room").getByText("Dana Ottermere")),
			shows(sam.locator("#room").getByText("Dana Ottermere")));
	});
	await step("somebody is called as they wish, and the facilitator hears it", async () => {
		await dana.getByText("How I am called").click();
		await dana.locator("#wish-called").fill("Danni");
		await dana.locator("#wish-pronouns").fill("she/her");
		await seen(() => dana.locator("#wish-form").getByRole("button", { name: "Save" }).click(), shows(lee.locator("#room").getByText("Danni (she/her)")));
	});
	await step("starting is seen", () =>
		seen(() => lee.getByRole("button", { name: "Start the conference" }).click(),
			shows(sam.locator("#household").getByRole("heading", { name: "Welcome" })),
			shows(dana.locator("#household").getByRole("heading", { name: "Welcome" }))));
	await step("who has spoken is ticked by the facilitator and seen by nobody else", async () => {
		const tick = (page) => page.getByRole("button", { name: "Dana Ottermere has spoken" });
		await tick(lee).click();
		await lee.getByText("yet to speak: 2").waitFor();
		await sam.getByLabel("Note or decision").fill("We begin.");
		await seen(() => sam.getByRole("button", { name: "Note", exact: true }).click(), shows(lee.locator("#room").getByText("We begin.")));
		await until(async () => (await tick(lee).getAttribute("aria-pressed")) === "true", "the tick after the room was fetched again");
		for (const page of [sam, dana]) if ((await tick(page).count()) !== 0) throw new Error("others see it");
	});
	await step("the meeting begins with what has moved, and who reads the agreements is kept", async () => {
		await shows(dana.getByText("In the last four weeks"))();
		const goTo = async (title) => {
			await lee.getByLabel("Go to").selectOption({ label: title });
			await lee.getByRole("button", { name: "Go", exact: true }).click();
		};
		await seen(() => goTo("Agreements and roles"), shows(dana.getByRole("button", { name: "I read them" })));
		await seen(() => dana.getByRole("button", { name: "I read them" }).click(), shows(sam.locator("#household").getByText("Read by Dana Ottermere")));
		await seen(() => goTo("Available resources and unmet need"), shows(dana.getByRole("heading", { name: /^Homes for \d+ households/ })));
	});
	await step("the first household is in the middle of every screen", async () => {
		await seen(() => lee.getByRole("button", { name: "Next household" }).click(),
			shows(lee.locator("#household-name")), shows(sam.locator("#household-name")), shows(dana.locator("#household-name")));
		const code = `Household ${/code ([A-Z][a-z]+ \d+)/.exec(await text(lee.locator(".household__head")))[1]}`;
		for (const page of [sam, dana])
			if (![code, await householdOf(lee)].includes(await householdOf(page)))
				throw new Error(`${await householdOf(page)} is not ${code}`);
		const clock = await text(lee.locator("[data-clock-face]"));
		if (!/^\d+:\d\d$/.test(clock)) throw new Error(`the clock shows ${clock}`);
	});
	await step("a release that is signed meanwhile puts the name on open screens, and withdrawn takes it off, by itself", async () => {
		const agency = "Quilldell Shelter Partnership"; // dana's
		const [known, open] = [await lee.context().newPage(), await dana.context().newPage()];
		const head = known.locator(".household__head");
		let at = 0; // a household that lee sees by name and dana, whose agency does not serve it, by code
		for (; at < 10; at++) {
			const href = await lee.locator("#queue li a").nth(at).getAttribute("href");
			await Promise.all([known, open].map((page) => page.goto(href)));
			const coded = (await householdOf(open)).startsWith("Household");
			if (coded && !(await text(head)).includes(agency) && !(await householdOf(known)).startsWith("Household")) break;
		}
		if (at === 10) throw new Error("dana sees all of them by name");
		const [code, name] = [await householdOf(open), await householdOf(known)];
		const person = /HMIS (\S+)/.exec(await text(head))[1];
		const address = dana.url();
		const releases = (decision, withdrawn) =>
			world.releases(`personal_id,signed,until,scope,decision,withdrawn\n${person},${dayIn(0)},${dayIn(300)},coc,${decision},${withdrawn}\n`);
		const inQueue = (words) => shows(dana.locator("#queue li").nth(at).getByText(words));
		const isCalled = (words) => () => until(async () => (await householdOf(open)) === words, `the household is called ${words}`);
		await seen(() => releases("given", ""), inQueue(name), isCalled(name));
		await seen(() => releases("withdrawn", dayIn(0)), inQueue(code), isCalled(code));
		for (const page of [dana, open])
			if ((await text(page.locator("main"))).includes(name)) throw new Error("the name is still on a screen");
		if (dana.url() !== address) throw new Error(`the page went to ${dana.url()}`);
		await Promise.all([known.close(), open.close()]);
	});
	await step("follow-up, typed by the scribe", () =>
		seen(() => followUp(sam).pressSequentially("Shelter stays confirmed."),
			holds(followUp(lee), "Shelter stays confirmed.")));
	await step("the system barrier", async () => {
		await seen(() => sam.getByRole("button", { name: "Documents" }).click(), isPressed(lee, "Documents"));
		await seen(() => lee.getByRole("button", { name: "Landlord" }).click(), isPressed(sam, "Landlord"), isPressed(sam, "Documents"));
		await shows(part(dana, "System barrier").getByText(/Documents, Landlord/))();
	});
	await step("an action step with one person and a date that skips the closed day", async () => {
		const sunday = dayIn(7 + ((7 - new Date(dayIn(7)).getUTCDay()) % 7));
		await seen(() => record(sam, "Order the birth certificate", "Dana ", sunday),
			shows(lee.locator(".record__text", { hasText: "Order the birth certificate" })));
		await shows(lee.getByText(/Read back: “Dana will order .* by Monday /))();
	});
	await step("is read back and confirmed", () =>
		seen(() => lee.getByRole("button", { name: "Confirm" }).click(), shows(sam.getByText("read back", { exact: true }))));
	await step("the target date, and every change of it is kept", async () => {
		const body = part(sam, "Target move-in");
		await seen(() => body.getByRole("button", { name: "+1 week" }).click(), shows(part(lee, "Target move-in").getByText(/\d{4}\. What is realistic/)));
		await seen(() => body.getByRole("button", { name: "+2 weeks" }).click(), shows(part(lee, "Target move-in").getByText(/Before: .*\(set /)));
	});
	await step("the next review", () =>
		seen(() => part(lee, "Next review").getByRole("button", { name: /^Review / }).click(),
			shows(part(sam, "Next review").getByText(/^On /))));

	await step("two who type in the same place keep both their words", async () => {
		await Promise.all([note(lee).pressSequentially("Lives near a sister."), note(sam).pressSequentially("Wants ground floor.")]);
		const parted = await until(async () => {
			for (const page of [lee, sam])
				if ((await page.locator("[data-field] .conflict").count()) > 0) return page;
			return null;
		}, "a conflict");
		for (const words of ["Lives near a sister.", "Wants ground floor."])
			await until(async () => (await note(parted).inputValue()).includes(words) || (await parted.locator(".conflict").allTextContents()).join().includes(words), words);
		// On a slow machine each of the two is asked: one stopped typing while the other went on.
		const settled = async (page) => {
			const keep = page.getByRole("button", { name: "Keep both" });
			if (await keep.isVisible()) await keep.click();
			return /sister[^]*floor|floor[^]*sister/.test(await note(page).inputValue());
		};
		await settled(parted);
		for (const page of [lee, sam]) await until(() => settled(page), "both texts");
	});

	await step("a connection that was cut is resumed without a gap", async () => {
		wire.cut();
		await record(lee, "Ask the landlord of Elm Street", null, dayIn(14));
		await lee.getByRole("button", { name: "Funding" }).click();
		await isPressed(lee, "Funding")();
		await lee.getByRole("button", { name: "Eligibility" }).click();
		await isPressed(lee, "Eligibility")();
		await shows(sam.getByText("The connection is lost"))();
		wire.mend();
		await shows(sam.locator(".record__text", { hasText: "Ask the landlord" }))();
		await isPressed(sam, "Funding")();
		await isPressed(sam, "Eligibility")();
		await until(async () => (await text(sam.locator("#live-status"))) === "", "the notice goes away");
	});
	await step("a step without a person keeps the household open", async () => {
		await lee.getByRole("button", { name: "Next household" }).click();
		await shows(lee.locator("#household [role=alert]"))();
		await shows(lee.getByText("lacks an owner"))();
	});
	await step("the person is named and the next household is on every screen", async () => {
		const before = await householdOf(lee);
		const form = lee.locator("form.record--form").filter({ hasText: "Who will do it" });
		await form.getByLabel("Who", { exact: true }).selectOption({ index: 1 });
		await form.getByRole("button", { name: "Set" }).click();
		await lee.getByText("lacks an owner").waitFor({ state: "detached" });
		await lee.getByRole("button", { name: "Next household" }).click();
		await shows(lee.getByText(/one plain sentence for the person, who tells them/))();
		await seen(() => tellThePerson(lee), shows(part(sam, "Tell the person").getByRole("button", { name: "Change" })),
			shows(part(dana, "Tell the person").getByText(/in person/)));
		await seen(() => lee.getByRole("button", { name: "Next household" }).click(),
			...[lee, sam, dana].map((page) => shows(page.locator("#queue li").nth(0).locator(".is-done"))),
			...[lee, sam].map((page) => shows(page.locator("#queue li").nth(1).locator("[aria-current=step]"))));
		await until(async () => (await householdOf(lee)) !== before, "another household");
	});
	await step("a household is shelved with a reason and a day", async () => {
		await tellThePerson(lee, "We wait for your voucher, and look again next month.");
		await lee.getByText("Shelve until…").click();
		await lee.getByLabel("What you wait for").fill("The voucher");
		await lee.getByLabel("Until", { exact: true }).fill(dayIn(30));
		await seen(() => lee.getByRole("button", { name: "Shelve for now" }).click(),
			shows(sam.locator("#queue li").nth(2).locator("[aria-current=step]")),
			shows(sam.locator("#queue li").nth(1).getByText(/^to \d+ /)));
	});

	await step("an import of the next month goes on beside the meeting", async () => {
		const zip = await world.zip(await world.export("later", "--months-later", "1"));
		const admin = await world.page("admin", { browser: first });
		await admin.goto("/import");
		await admin.getByLabel("HMIS CSV export").setInputFiles(zip);
		await admin.getByRole("button", { name: "Read it" }).click();
		await admin.getByRole("heading", { name: "Preview" }).waitFor({ timeout: 3 * PATIENCE_MS });
		if (pictures) await admin.screenshot({ path: `${pictures}/admin.png` });
		const added = await text(admin.getByRole("row", { name: /^new/i }));
		if (!/[1-9]/.test(added)) throw new Error(`nothing would be added: ${added}`);
		await seen(() => sam.getByRole("button", { name: "Contact" }).click(), isPressed(lee, "Contact"));
		await admin.getByRole("button", { name: "Apply" }).click();
		await admin.getByText("applied").nth(1).waitFor({ timeout: 3 * PATIENCE_MS });
		await admin.close();
		await seen(() => followUp(sam).pressSequentially("Seen at the shelter."), holds(followUp(lee), "Seen at the shelter."));
	});
	await step("a step without an owner or a date stays behind", async () => {
		await seen(() => record(sam, "Find a car seat", null, ""), shows(lee.getByText(/lacks an owner and a date/)));
	});
	await step("the room is shown what lacks an owner or a date before it closes", async () => {
		const name = lee.locator("#household-name");
		const body = lee.locator("#household");
		for (let now = await householdOf(lee); now; now = (await name.count()) > 0 ? await householdOf(lee) : "") {
			await tellThePerson(lee);
			await lee.getByText("Shelve until…").click();
			await lee.getByLabel("What you wait for").fill("Time");
			await lee.getByRole("button", { name: "Shelve for now" }).click();
			await until(async () => (await name.allTextContents()).join().trim() !== now, "the next household");
		}
		await shows(body.getByText(/Find a car seat.*lacks an owner and a date/))();
	});
	await step("the rest of the list is scanned by keys, seen by the others", async () => {
		const line = (page, at) => page.locator("[data-scan-line]").nth(at);
		await lee.getByRole("link", { name: "quick scan", exact: true }).click();
		await sam.goto(`${meeting}/scan`);
		await line(lee, 0).getByRole("link").focus();
		await seen(() => lee.keyboard.press("f"), shows(line(sam, 0).getByText("fine", { exact: true })));
		await line(lee, 1).locator("a:focus").waitFor();
		await seen(() => lee.keyboard.press("n"), shows(line(sam, 1).getByText("for the next meeting", { exact: true })));
		await line(lee, 2).locator("a:focus").waitFor();
		await lee.keyboard.press("s");
		await lee.keyboard.type("Ask the school");
		await choose(line(lee, 2).getByLabel("Who"), "Dana ");
		await seen(() => line(lee, 2).getByRole("button", { name: "Record" }).click(),
			shows(line(sam, 2).getByText("a step", { exact: true })), shows(line(lee, 2).getByText("Ask the school")));
		await shows(lee.getByText(/1 fine, 1 for the next meeting, 1 a step/))();
		for (const page of [lee, sam]) await page.goto(meeting);
	});
	await step("one tap says how it felt", async () => {
		await dana.goto(meeting);
		await dana.getByRole("button", { name: "So-so" }).click();
		await shows(dana.getByText("Thank you."))();
		if ((await dana.getByRole("button", { name: "So-so" }).count()) !== 0) throw new Error("it can be said twice");
	});
	await step("closing locks the record on every screen", async () => {
		lee.on("dialog", (dialog) => dialog.accept());
		await seen(() => lee.getByRole("button", { name: "Close the conference" }).click(),
			shows(sam.getByRole("heading", { name: "The conference is closed" })));
		await lee.waitForURL("**/notes");
		const answer = await sam.context().request.post(`${meeting}/next`, {
			form: { csrf: await sam.locator("body").getAttribute("data-csrf") },
			headers: { Origin: wire.url },
			maxRedirects: 0,
		});
		if (answer.status() < 400) throw new Error(`a closed meeting took an act: ${answer.status()}`);
	});
	await step("the notes can be printed: codes, and names only where they are asked for", async () => {
		await lee.emulateMedia({ media: "print" });
		if (await lee.locator(".top__menu").isVisible()) throw new Error("the menu is printed");
		const coded = await text(lee.locator("main"));
		if (coded.includes(first10[0])) throw new Error("a name is printed");
		for (const words of ["Order the birth certificate", "Documents", "Dana Ottermere", "Find a car seat"])
			if (!coded.includes(words)) throw new Error(`${words} is not in the notes`);
		await lee.emulateMedia({ media: "screen" });
		await lee.getByRole("link", { name: "With the names you may see" }).click();
		await shows(lee.getByRole("rowheader", { name: first10[0] }))();
	});
	await step("an addendum is all that can be added", async () => {
		await lee.getByLabel("Addendum").fill("The landlord called back.");
		await lee.getByRole("button", { name: "Add", exact: true }).click();
		await shows(lee.getByText("The landlord called back."))();
	});

	await step("next month the unfinished steps come back", async () => {
		await lee.goto("/conferences");
		await plan(lee);
		meeting = new URL(lee.url()).pathname;
		await checkIn(lee);
		await lee.getByRole("button", { name: "Start the conference" }).click();
		await lee.getByRole("button", { name: "Next household" }).click();
		await lee.locator("#queue").getByRole("link", { name: first10[0] }).click();
		const carried = part(lee, "Follow-up").locator(".record");
		await shows(carried.filter({ hasText: "Order the birth certificate" }))();
		await shows(carried.filter({ hasText: "Ask the landlord" }))();
		if (!(await carried.first().textContent()).includes("Dana Ottermere")) throw new Error("its owner is lost");
	});
	await step("whether the person was told is asked, and what they said", async () => {
		const follow = part(lee, "Follow-up");
		await shows(follow.getByText(/Told\?.*was to say, in person: “Dana meets you/))();
		await follow.getByLabel("What they said").fill("Asked for a ground floor.");
		await follow.getByRole("button", { name: "Told", exact: true }).click();
		await shows(follow.locator('button[aria-pressed="true"]', { hasText: "Told" }))();
		if ((await follow.getByLabel("What they said").inputValue()) !== "Asked for a ground floor.") throw new Error("what they said is lost");
	});
	await step("and are answered where they were agreed to", async () => {
		const carried = part(lee, "Follow-up").locator(".record").filter({ hasText: "Order the birth certificate" });
		await carried.getByRole("button", { name: "Done" }).click();
		await shows(carried.locator('button[aria-pressed="true"]', { hasText: "Done" }))();
		await lee.goto("/conferences");
		await lee.getByRole("link", { name: "Action register" }).click();
		await shows(lee.getByRole("cell", { name: "Ask the landlord of Elm Street" }))();
		if ((await lee.getByRole("cell", { name: "Order the birth certificate" }).count()) !== 0) throw new Error("what is done is still owed");
	});
	await step("the key is changed while the meeting goes on", async () => {
		await lee.goto(meeting);
		const typing = part(lee, "Follow-up").getByLabel("What has been done");
		const told = world.byname("key", "rotate");
		await typing.fill("Written while the key was changed.");
		await typing.blur();
		if (!/^[1-9]\d+ values are sealed with key 2 now/.test(await told)) throw new Error(await told);
		await lee.reload();
		if ((await typing.inputValue()) !== "Written while the key was changed.") throw new Error("the words are lost");
		await shows(part(lee, "Follow-up").locator(".record").filter({ hasText: "Order the birth certificate" }))();
	});
	await step("the journal of all this holds", async () => {
		if (!/^The journal holds/.test(await world.byname("verify"))) throw new Error("it does not");
	});
	await step("and nothing that was typed can be read where it is kept", async () => {
		const typed = ["Shelter stays confirmed", "Lives near a sister", "Order the birth certificate", "The voucher", "The landlord called back", "Asked for a ground floor", "We wait for your voucher"];
		const kept = await world.kept();
		if (!kept[0][1].includes("Region 4")) throw new Error("what is no secret cannot be read either");
		for (const [name, bytes] of kept)
			for (const words of typed) if (bytes.includes(words)) throw new Error(`"${words}" stands in ${name}`);
	});
} finally {
	tap.same(world.faults, [], "no script failed and no policy was broken");
	tap.note(`${engine}: seen by others after ${delays.join(", ")} ms (wanted: ${WANTED_MS})`);
	wire.end();
	tap.same(await world.end(), "", "the server stops cleanly and complained of nothing");
	tap.end();
}
