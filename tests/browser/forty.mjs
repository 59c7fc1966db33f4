// A meeting on forty devices, two for each person, each with an event stream of its own, over lines that lose requests,
// answers and streams, while the server is ended and started again twice, the second time without warning. At the end
// every screen says what the record says, and every word that was typed stands there once.
//
//     BYNAME=build/byname node tests/browser/forty.mjs sqlite|postgres [SEED]
//
// Writers type into the three texts of a card field by field, over what they see; where words meet, some make one text
// of both themselves, the rest is left to the scribe. Providers offer help. Each word is made up and typed once.
import { setTimeout as pause } from "node:timers/promises";
import { Device, dice } from "./device.mjs";
import { attribute, choices, fields, plain } from "./forms.mjs";
import { Tap } from "./tap.mjs";
import { World, dayIn } from "./world.mjs";

const [, , engine = "sqlite", seedGiven] = process.argv;
const seed = Number(seedGiven ?? Date.now() % 1000000);
const PASSWORD = "made-up people only";
const HOUSEHOLDS = 3; // that are talked about; at the second the server is ended, at the third it is killed
const WRITERS = 8;
const PEOPLE = 20;
const AWAY_MS = 700;
const PATIENCE_MS = 30000;
const FIELDS = ["follow_up", "barrier", "note"];

const tap = new Tap();
tap.note(`seed ${seed}`);
const chance = dice(seed);
const world = await World.make({ engine, people: 1500, browsers: false });

// --- words that are typed once ---

const typed = new Map(); // word → by whom, where
const settled = new Set(); // words that the scribe has put into a text
function newWord(who, where) {
	let word;
	do word = `zu${Array.from({ length: 6 }, () => chance.of([..."bdfgklmnprstvz"]) + chance.of([..."aeio"])).join("")}`;
	while (typed.has(word));
	typed.set(word, `${who}, ${where}`);
	return word;
}
const wordsOf = (text) => text.match(/\bzu[a-z]{12}\b/g) ?? [];
const union = (one, other) => [...new Set([...one.split(/\s+/), ...other.split(/\s+/)])].filter(Boolean).join(" ");

// --- what a screen says ---

const stripped = (html) => plain(html.replace(/<[^>]*>/g, " ")).replace(/\s+/g, " ").trim();

// The three texts as a writer has them, with their versions.
function textsOf(html) {
	const texts = {};
	for (const [, tag, value] of html.matchAll(/(<textarea\b[^>]*data-save-url="[^"]*"[^>]*>)\n?([\s\S]*?)<\/textarea>/g))
		texts[attribute(tag, "name")] = { value: plain(value), version: Number(attribute(tag, "data-version")), url: attribute(tag, "data-save-url") };
	return texts;
}

// All made-up words that are shown, in order of the alphabet; a word of two texts that wait stands there twice. The
// sentence that is read back repeats its step.
const shown = (html) => wordsOf(stripped(html.replace(/<form class="say"[\s\S]*?<\/form>/g, ""))).sort();
// A part without what changes by itself: clocks, and ids of forms that nobody has sent.
const still = (html) =>
	html
		.replace(/<input type="hidden" name="id"[^>]*>/g, "")
		.replace(/data-clock-elapsed="\d+"/g, "")
		.replace(/<p class="clock[\s\S]*?<\/p>/g, "")
		.replace(/<p class="ask">[\s\S]*?<\/p>/g, "")
		.replace(/\b\d+ (of \d+ )?min\b/g, "");

// --- twenty people ---

async function accounts() {
	const rows = (await world.byname("user", "list")).trim().split("\n").map((line) => line.split("\t"));
	const agencyOf = (login) => rows.find(([name]) => name === login)[3];
	const more = [];
	for (let i = 0; i < PEOPLE - 6; i++) {
		const writes = i < WRITERS - 3;
		more.push({ login: `guest${i}`, writes, agency: agencyOf(writes ? "sam" : ["dana", "priya", "kofi"][i % 3]) });
	}
	const visitor = new Device(world.url, "nobody", seed);
	const open = async ({ login, writes, agency }, i) => {
		const told = await world.byname("user", "invite", login, "--name", `Guest Inventedname${i}`, "--role", writes ? "specialist" : "provider",
			"--agency", agency, "--region", "4");
		const code = /Code.*: (\S+)/.exec(told)[1];
		await visitor.submit(`/invitation?code=${code}`, "/invitation", { new: PASSWORD, again: PASSWORD });
	};
	for (let i = 0; i < more.length; i += 4) await Promise.all(more.slice(i, i + 4).map((one, k) => open(one, i + k)));
	const old = ["lee", "sam", "chris"].map((login) => ({ login, writes: true }));
	const providers = ["dana", "priya", "kofi"].map((login) => ({ login, writes: false }));
	return [...old, ...more.filter((one) => one.writes), ...providers, ...more.filter((one) => !one.writes)];
}

async function plan(lee) {
	const { text: started } = await lee.submit("/conferences", "/conferences/start", { what: "start" });
	const { text } = await lee.page(plain(/href="(\/conferences\/plan[^"]*)"/.exec(started)[1]));
	const person = (field, name) => choices(text, field).find(([, label]) => label.startsWith(name))[0];
	const own = { facilitator: person("facilitator", "Lee "), scribe: person("scribe", "Sam "), day: dayIn(0), next_day: dayIn(28) };
	const { text: page } = await lee.page("/conferences/plan", fields(text, "/conferences/plan", own));
	return /\/conference\/[0-9a-z]{20}/.exec(page)[0];
}

let devices, lee, sam, chris, writers, providers, path;
const faults = [];
const fault = (what) => faults.push(what);

// --- what they do ---

const cards = []; // that were talked about, in order
const addressOf = (card) => `${path}/household?card=${card}`;
const nowOf = (device) => /action="[^"]*\/card\/([0-9a-z]{20})\/text"/.exec(device.parts.get("household").html)?.[1];

// What a writer has of the texts of a card: the newest of what was seen and what was saved.
async function texts(device, card) {
	const html = nowOf(device) === card ? device.parts.get("household").html : (await device.look(addressOf(card))).text;
	device.saved ??= new Map();
	const found = textsOf(html);
	for (const name of FIELDS) {
		const own = device.saved.get(`${card} ${name}`);
		if (own && own.version > (found[name]?.version ?? 0)) found[name] = { ...found[name], ...own };
	}
	return found;
}

// Saves a text: the version that it has now and, where it met others, what they have written.
async function save(device, card, name, value, version, met) {
	device.no = (device.no ?? 0) + 1;
	const form = { [name]: value, version, device: device.id, no: device.no, ...(met === undefined ? {} : { met }) };
	const { status, text } = await device.send(`${path}/card/${card}/text`, form);
	if (status !== 200 && status !== 409) fault(`${device.login} could not save: ${status} ${text}`);
	const answer = JSON.parse(text);
	if (status === 200) device.saved.set(`${card} ${name}`, { value, version: answer.version });
	return answer;
}

async function type(device, card) {
	const name = chance.of(FIELDS);
	const text = (await texts(device, card))[name];
	if (!text) return fault(`${device.login} cannot type in ${name}`);
	const word = newWord(device.login, name);
	let mine = union(text.value, word);
	let answer = await save(device, card, name, mine, text.version);
	if (answer.by !== undefined && wordsOf(answer.value).includes(word) && !settled.has(word))
		fault(`the own words of ${device.login} met themselves`);
	if (chance.next() < 0.4) { // goes on typing in the same place
		mine = union(mine, newWord(device.login, name));
		answer = await save(device, card, name, mine, answer.by === undefined ? answer.version : text.version);
	}
	for (let met = text.version; answer.by !== undefined && chance.next() < 0.5; ) {
		const over = answer.version;
		mine = union(answer.value, mine);
		answer = await save(device, card, name, mine, over, met);
		met = over;
	}
	// Else the own words wait for the scribe, and what the others wrote stands in the field.
	if (answer.by !== undefined) device.saved.set(`${card} ${name}`, { value: answer.value, version: answer.version });
}

const offer = (device, card) =>
	device.send(`${path}/note`, { card, kind: "offer", id: chance.id(), words: `We can help with ${newWord(device.login, "an offer")}` });

async function step(device, card, owner) {
	const words = `Ask about ${newWord(device.login, "a step")}`;
	const { status } = await device.send(`${path}/card/${card}/step`, { id: chance.id(), words, owner, due: dayIn(14) });
	if (status !== 200) fault(`a step of ${device.login}: ${status}`);
}

// The scribe makes one text of each pair that waits on a card; false where there was none.
async function settle(card) {
	const { text } = await sam.look(addressOf(card));
	const forms = [...text.matchAll(/<section class="conflict[\s\S]*?<\/section>/g)].map(([form]) => form);
	for (const form of forms) {
		const [stands, waits] = [...form.matchAll(/<blockquote>([\s\S]*?)<\/blockquote>/g)].map(([, words]) => plain(words));
		wordsOf(waits).forEach((word) => settled.add(word));
		const action = /action="([^"]*)"/.exec(form)[1];
		await sam.send(action, { card, version: /name="version" value="(\d+)"/.exec(form)[1], words: union(stands, waits) });
	}
	return forms.length > 0;
}

async function flaky(isOn) {
	for (const device of devices) device.isLossy = isOn;
	while (isOn && devices.some((device) => device.isLossy)) {
		chance.of(devices).cut();
		await pause(400);
	}
}

const after = (ms, act) => pause(chance.below(ms)).then(act);

async function talkAbout(card, ms) {
	const acts = [];
	const places = () => (cards.length > 1 && chance.next() < 0.15 ? chance.of(cards) : card);
	for (const device of writers) {
		const run = async () => {
			for (let left = 1 + chance.below(2); left > 0; left--) await after(ms / 2, () => type(device, places()));
		};
		acts.push(run());
	}
	for (const device of providers) if (chance.next() < 0.2) acts.push(after(ms, () => offer(device, card)));
	for (const device of writers.slice(2)) if (chance.next() < 0.3) acts.push(after(ms, () => step(device, card, sam.person)));
	acts.push(after(ms, () => sam.send(`${path}/card/${card}/barrier`, { on: chance.of(["documents", "landlord", "funding"]) })));
	await Promise.all(acts);
}

// Two lead, and both press.
async function goOn(from) {
	const form = { from: from ?? "" };
	const answers = await Promise.all([lee.send(`${path}/next`, form), chris.send(`${path}/next`, form)]);
	for (const { status, text } of answers) if (status !== 200) fault(`Next: ${status} ${stripped(text).slice(0, 300)}`);
}

async function quiet() {
	const end = Date.now() + PATIENCE_MS;
	const last = () => Math.max(...devices.map((device) => device.last));
	for (let calm = 0; calm < 5; ) {
		calm = devices.every((device) => device.isQuiet && device.last === last()) ? calm + 1 : 0;
		if (Date.now() > end) {
			const late = devices.filter((device) => !device.isQuiet || device.last !== last()).map(({ login, last: at, isListening }) => `${login} ${at} ${isListening}`);
			throw new Error(`not at ${last()}: ${late.join(", ")}`);
		}
		await pause(100);
	}
}

let story = true;
const told = async (name, act) => story && (story = await tap.step(name, act));
const begun = Date.now();

try {
	await told("twenty people sign in on forty devices", async () => {
		const people = await accounts();
		const laptops = people.map(({ login }, i) => new Device(world.url, login, seed + i + 1));
		const phones = people.map(({ login }, i) => new Device(world.url, login, seed + PEOPLE + i + 1));
		devices = [...laptops, ...phones];
		for (let i = 0; i < devices.length; i += 4) await Promise.all(devices.slice(i, i + 4).map((device) => device.signIn(PASSWORD)));
		for (const device of laptops.filter(({ login }) => login.startsWith("guest")))
			await device.submit("/account/agreement", "/account/agreement", { read: "on" });
		[lee, sam, chris] = devices;
		writers = [...laptops.slice(0, WRITERS), ...phones.slice(0, WRITERS)];
		providers = [...laptops.slice(WRITERS), ...phones.slice(WRITERS)];
	});
	await told("a conference is planned, and all are in the room", async () => {
		path = await plan(lee);
		for (const device of devices.slice(0, PEOPLE)) await device.submit(path, `${path}/in`);
		await lee.submit(path, `${path}/start`);
		await Promise.all(devices.map((device) => device.join(path, ["household", "queue", "room"])));
	});
	await told("they talk about households while lines break and the server goes away twice", async () => {
		const lossy = flaky(true);
		let from;
		for (let i = 0; i < HOUSEHOLDS; i++) {
			await goOn(from);
			from = /\/card\/([0-9a-z]{20})\/text"/.exec((await lee.look(`${path}/household`)).text)[1];
			if (cards.includes(from)) fault("a household comes twice");
			cards.push(from);
			const { text } = await sam.look(addressOf(from));
			sam.person = choices(text, "owner").find(([, label]) => label.startsWith("Sam "))[0];
			const away = i === 1 ? "SIGTERM" : i === 2 ? "SIGKILL" : undefined;
			const talk = talkAbout(from, 2000);
			if (away) {
				await pause(900);
				const code = await world.stop(away);
				if (away === "SIGTERM" && code !== 0) fault(`the server ended with ${code}`);
				await pause(AWAY_MS);
				await world.serve();
			}
			await talk;
			await step(sam, from, sam.person);
			const words = "We look for a home near the river.";
			const way = choices(text, "way").find(([, label]) => label === "in person")[0];
			const { status } = await sam.send(`${path}/card/${from}/tell`, { words, teller: sam.person, way });
			if (status !== 200) fault(`telling: ${status}`);
			await settle(from);
		}
		for (const device of devices) device.isLossy = false;
		await lossy;
		for (const card of cards) while (await settle(card));
	});
	await told("nothing went wrong on the way", async () => {
		if (faults.length > 0) throw new Error(faults.join("\n"));
		const order = [...(await lee.look(`${path}/queue`)).text.matchAll(/card=([0-9a-z]{20})/g)].map(([, card]) => card);
		if (order.slice(0, HOUSEHOLDS).join() !== cards.join()) throw new Error(`the queue is ${order}, talked about were ${cards}`);
	});
	await told("what the events brought to each screen is what the server says", async () => {
		await quiet();
		for (const device of devices)
			for (const [id, { url, html }] of device.parts) {
				const fresh = (await device.look(url)).text;
				if (still(fresh) !== still(html)) {
					const [a, b] = [still(html), still(fresh)];
					let at = 0;
					while (a[at] === b[at]) at++;
					throw new Error(`${device.login}, ${id}: “${a.slice(at - 80, at + 120)}” should be “${b.slice(at - 80, at + 120)}”`);
				}
			}
	});
	const known = new Map(); // card → its words
	await told("all screens show the same, each word once and where it was typed", async () => {
		for (const card of cards) {
			const { text } = await sam.look(addressOf(card));
			if (/class="conflict/.test(text)) throw new Error("two texts still wait");
			known.set(card, shown(text));
			for (const device of devices) {
				const theirs = (await device.look(addressOf(card))).text;
				const hidden = known.get(card).filter((word) => !shown(theirs).includes(word));
				if (shown(theirs).join() !== known.get(card).join())
					throw new Error(`${device.login} does not read ${hidden.map((word) => `${word} (${typed.get(word)})`).join("; ")} in “${stripped(theirs)}”`);
			}
		}
		const all = [...known.values()].flat();
		const missing = [...typed.keys()].filter((word) => !all.includes(word));
		const twice = all.filter((word, i) => all.indexOf(word) !== i);
		const say = (words) => words.map((word) => `${word} (${typed.get(word)})`).join("; ");
		if (missing.length + twice.length > 0) throw new Error(`lost: ${say(missing)}\ndoubled: ${say(twice)}`);
	});
	await told("closing is on every screen", async () => {
		const { status } = await lee.send(`${path}/close`, {});
		if (status >= 400 && status !== 409) throw new Error(String(status)); // 409: it was, and the answer was lost
		await quiet();
		const open = devices.filter((device) => !/is closed/.test(device.parts.get("household").html));
		if (open.length > 0) throw new Error(`open on ${open.map(({ login }) => login)}`);
	});
	await told("the record holds the same words, and everybody once", async () => {
		const { text } = await sam.page(`${path}/notes`);
		const written = wordsOf(stripped(text)).sort();
		const all = [...typed.keys()].sort();
		if (written.join() !== all.join()) throw new Error(`${written.length} words in the record, ${all.length} were typed`);
		const seats = /Attendance<\/h2>([\s\S]*?)<\/ul>/.exec(text)[1].match(/<li>/g).length;
		if (seats !== PEOPLE) throw new Error(`${seats} in the attendance`);
	});
	await told("the journal of all this holds", async () => {
		if (!/^The journal holds/.test(await world.byname("verify"))) throw new Error("it does not");
	});
} finally {
	const lost = { before: 0, between: 0, after: 0, stream: 0 };
	for (const device of devices ?? []) for (const [kind, n] of Object.entries(device.losses)) lost[kind] += n;
	tap.note(`${typed.size} words typed, ${settled.size} in pairs that the scribe settled, in ${((Date.now() - begun) / 1000).toFixed(1)} s`);
	tap.note(`lost: ${lost.before} requests, ${lost.between} broken off, ${lost.after} answers, ${lost.stream} streams`);
	await Promise.all((devices ?? []).map((device) => device.leave()));
	tap.same(await world.end(), "", "the server stops cleanly and complained of nothing");
	tap.end();
}
