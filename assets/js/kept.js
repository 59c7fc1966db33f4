// Words that could not be sent because the line is down stay in the browser, sealed (AES-GCM) with a key that no script
// can read out, and are sent when the line is back, from whichever page is open then. The server knows what it has
// already by the number that they carry. Signing out, another person who signs in, and 24 hours wipe them.
//
// A record: { id, at, iv, sealed }; sealed is { url, form, who } as JSON. Without IndexedDB or WebCrypto (a private
// window, plain HTTP to another machine) nothing is kept and the words stay in their field alone.
import { alertAtTop, sessionEnded } from "./session.js";

const NAME = "byname";
const LIFE_MS = 24 * 60 * 60 * 1000;
const LOOK_MS = 60 * 1000;
const WORDS = ["follow_up", "barrier", "note", "words", "reason", "said"];

const signedOut = new BroadcastChannel("byname-signed-out"); // in another tab
let isOver = false;
signedOut.onmessage = () => (isOver = true);

const active = new Set(); // ids of what this page goes on sending itself
const refused = new Set();

const done = (request) =>
	new Promise((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
	});

let opened;
function open() {
	opened ??= new Promise((resolve, reject) => {
		const request = indexedDB.open(NAME, 1);
		request.onupgradeneeded = () => {
			request.result.createObjectStore("key");
			request.result.createObjectStore("words", { keyPath: "id" });
		};
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
	});
	return opened;
}

async function store(name, mode) {
	return (await open()).transaction(name, mode).objectStore(name);
}

async function key() {
	const known = await done((await store("key", "readonly")).get("key"));
	if (known) return known;
	const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
	const kept = await store("key", "readwrite");
	const other = await done(kept.get("key")); // of another tab, meanwhile
	if (!other) await done(kept.put(made, "key"));
	return other ?? made;
}

const who = () => document.body.dataset.who;

// 100 random bits as the server writes its ids.
export function newId() {
	const letters = "0123456789abcdefghjkmnpqrstvwxyz";
	return Array.from(crypto.getRandomValues(new Uint8Array(20)), (byte) => letters[byte % 32]).join("");
}

// Keeps what would be sent to `url`; the next of the same `id` takes its place. False: it cannot be kept here.
export async function keep(id, url, form) {
	if (isOver || !who() || !globalThis.indexedDB || !globalThis.crypto?.subtle) return false;
	try {
		const iv = crypto.getRandomValues(new Uint8Array(12));
		const words = new TextEncoder().encode(JSON.stringify({ url, form: [...form], who: who() }));
		const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key(), words);
		await done((await store("words", "readwrite")).put({ id, at: Date.now(), iv, sealed }));
		active.add(id);
		return true;
	} catch {
		return false;
	}
}

export async function forget(id) {
	active.delete(id);
	try {
		await done((await store("words", "readwrite")).delete(id));
	} catch {
		// nothing was kept
	}
}

// The page has given up sending it: it is sent with what other pages left.
export function release(id) {
	active.delete(id);
	look();
}

async function wipe() {
	await done((await store("words", "readwrite")).clear());
	await done((await store("key", "readwrite")).clear());
}

async function records() {
	const all = await done((await store("words", "readonly")).getAll());
	const old = all.filter(({ at }) => Math.abs(Date.now() - at) > LIFE_MS); // a clock may have gone back
	for (const { id } of old) await forget(id);
	if (all.length > 0 && all.length === old.length) await wipe();
	return all.filter((record) => !old.includes(record));
}

async function unsealed(record) {
	const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: record.iv }, await key(), record.sealed);
	return JSON.parse(new TextDecoder().decode(plain));
}

// What cannot be taken any more (the conference is closed) is shown, so that it can be copied.
function showRefused(id, form, why) {
	const words = document.createElement("blockquote");
	words.textContent = form.filter(([name]) => WORDS.includes(name)).map(([, value]) => value).join("\n");
	const button = document.createElement("button");
	button.type = "button";
	button.className = "usa-button usa-button--unstyled";
	button.textContent = "I have read it";
	const note = alertAtTop("warning", "These words were kept on this device and could not be saved: ", why || "the page is not there any more.", words, button);
	button.addEventListener("click", () => {
		note.remove();
		forget(id);
	});
}

// One record: true where the server has it now.
async function sendOne(record) {
	const { url, form, who: whose } = await unsealed(record);
	if (whose !== who()) {
		await wipe();
		return false;
	}
	const body = new URLSearchParams([...form, ["csrf", document.body.dataset.csrf ?? ""]]);
	const response = await fetch(url, { method: "POST", body, headers: { Accept: "application/json", "HX-Request": "true" } });
	if (sessionEnded(response) || response.status >= 500) return false;
	const told = response.headers.get("content-type")?.startsWith("application/json") ? await response.json() : {};
	if (response.ok || told.by !== undefined) { // or it met the words of others, and waits beside them
		await forget(record.id);
		return true;
	}
	refused.add(record.id);
	showRefused(record.id, form, told.error);
	return false;
}

// Sends what pages that are gone have left, one after the other.
async function sendKept() {
	let sent = 0;
	for (const record of await records()) {
		if (active.has(record.id) || refused.has(record.id) || !who()) continue;
		if (await sendOne(record)) sent++;
	}
	if (sent > 0) alertAtTop("success", "What you typed while the line was down has been sent.");
}

const look = () => sendKept().catch(() => {}); // the line is down again: in a minute

export function sendWhatWasKept() {
	if (!globalThis.indexedDB || !globalThis.crypto?.subtle) return;
	look();
	setInterval(look, LOOK_MS);
	window.addEventListener("online", look);
	document.addEventListener("submit", (event) => {
		const form = event.target;
		if (form.getAttribute("action") !== "/sign-out" || form.dataset.wiped !== undefined) return;
		event.preventDefault();
		form.dataset.wiped = "";
		signedOut.postMessage("");
		wipe().catch(() => {}).finally(() => form.submit());
	});
}
