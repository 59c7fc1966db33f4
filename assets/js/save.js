// Fields that save themselves: data-save-url and data-version.
//
// POST name=…&version=…&device=…&no=…&csrf=… (&met=… after a decision between two texts: the version that
// the own one was typed over) answers {"version": n}; 409 {"version", "value", "by"} says that
// somebody else wrote there since, and the person chooses; 422 {"error"} says what is wrong. A
// field with words that are not saved carries data-dirty, and so does the [data-field] around it:
// live updates leave them alone. Where there is no answer the words are sent again, with the same device and number:
// the server then answers as it did the first time. Meanwhile they are kept (kept.js).
import { forget, keep, newId } from "./kept.js";
import { sessionEnded, sessionWorks, tellSessionEnded } from "./session.js";

const PAUSE_MS = 700;
const RETRY_MS = 3000;

const device = newId();
let numbers = 0;
const edits = new WeakMap(); // field → what was sent of it last: { value, version, no }
const keptAs = new Map(); // address and name of a field → the id under which its words are kept

const timers = new WeakMap();
const sending = new WeakSet();

function isField(target) {
	return target instanceof HTMLElement && target.matches("[data-save-url]");
}

function beside(field, name) {
	const id = `${field.id || field.name}-${name}`;
	let note = document.getElementById(id);
	if (!note) {
		note = document.createElement("div");
		note.id = id;
		note.className = name;
		note.setAttribute("role", "status");
		field.after(note);
	}
	return note;
}

function setDirty(field, dirty) {
	for (const element of [field, field.closest("[data-field]")]) element?.toggleAttribute("data-dirty", dirty);
}

function say(field, text) {
	beside(field, "saved").textContent = text;
}

function later(field, ms) {
	clearTimeout(timers.get(field));
	timers.set(field, setTimeout(save, ms, field));
}

function button(text, act) {
	const made = document.createElement("button");
	made.type = "button";
	made.className = "pill";
	made.textContent = text;
	made.addEventListener("click", act);
	return made;
}

function showConflict(field, { version, value, by }) {
	const note = beside(field, "conflict");
	const words = document.createElement("blockquote");
	words.textContent = value || "(nothing)";
	const settle = (chosen) => {
		note.remove();
		delete field.dataset.conflict;
		field.dataset.met = field.dataset.version;
		field.dataset.version = version;
		field.value = chosen;
		if (chosen === value) {
			setDirty(field, false);
			say(field, "");
		} else {
			save(field);
		}
		field.focus();
	};
	const row = document.createElement("div");
	row.className = "row";
	row.append(
		button("Keep mine", () => settle(field.value)),
		button("Take theirs", () => settle(value)),
	);
	if (field.matches("textarea")) row.append(button("Keep both", () => settle(`${value}\n${field.value}`)));
	note.setAttribute("role", "alert");
	note.replaceChildren(by ? `${by} wrote here too:` : "Meanwhile it says:", words, row);
	field.dataset.conflict = version;
	say(field, "Not saved yet.");
}

// What is to be sent: the same as before where nothing was typed and nothing was decided since.
function editOf(field) {
	const { version = "" } = field.dataset;
	let edit = edits.get(field);
	if (edit?.value !== field.value || edit.version !== version) edit = { value: field.value, version, no: ++numbers };
	edits.set(field, edit);
	const { met } = field.dataset;
	return { [field.name]: edit.value, version, device, no: edit.no, ...(met === undefined ? {} : { met }) };
}

const placeOf = (field) => `${field.dataset.saveUrl} ${field.name}`;

async function keepField(field) {
	const place = placeOf(field);
	const id = keptAs.get(place) ?? newId();
	const isKept = await keep(id, field.dataset.saveUrl, Object.entries(editOf(field)));
	if (isKept) keptAs.set(place, id);
	field.toggleAttribute("data-kept", isKept);
	return isKept;
}

function forgetField(field) {
	const place = placeOf(field);
	field.removeAttribute("data-kept");
	if (!keptAs.has(place)) return;
	forget(keptAs.get(place));
	keptAs.delete(place);
}

async function send(field) {
	const edit = editOf(field);
	const value = edit[field.name];
	const response = await fetch(field.dataset.saveUrl, {
		method: "POST",
		body: new URLSearchParams({ ...edit, csrf: document.body.dataset.csrf ?? "" }),
		headers: { Accept: "application/json", "HX-Request": "true" },
	});
	if (sessionEnded(response)) {
		tellSessionEnded();
		say(field, "Not saved: you were signed out.");
		later(field, RETRY_MS);
		return;
	}
	sessionWorks();
	const answer = await response.json();
	if (response.status < 500) forgetField(field);
	if (response.status === 409) {
		showConflict(field, answer);
	} else if (response.ok) {
		field.dataset.version = answer.version;
		delete field.dataset.met;
		if (field.value === value) setDirty(field, false);
		else later(field, PAUSE_MS);
		say(field, "Saved.");
	} else {
		say(field, answer.error || "This could not be saved.");
	}
}

async function save(field) {
	clearTimeout(timers.get(field));
	if (!field.isConnected || field.dataset.dirty === undefined || field.dataset.conflict !== undefined) return;
	if (sending.has(field)) {
		later(field, PAUSE_MS);
		return;
	}
	sending.add(field);
	try {
		await send(field);
	} catch {
		say(field, (await keepField(field)) ? "Kept on this device, will be sent when the line is back." : "Not saved yet. Trying again…");
		later(field, RETRY_MS);
	} finally {
		sending.delete(field);
	}
}

function unsaved(root) {
	return [...root.querySelectorAll("[data-save-url][data-dirty]")];
}

// Words in a form that is sent by its button: [data-keep] says that they must not get lost.
function drafts(root) {
	return [...root.querySelectorAll("form[data-keep] :is(textarea, input:not([type=hidden]))")]
		.filter((field) => field.value !== field.defaultValue);
}

// A conflict that waits for its decision shows what is in the field now: the other may have gone on typing.
function renewConflicts(root, html) {
	const fields = root.querySelectorAll("[data-conflict]");
	if (fields.length === 0) return;
	const successor = new DOMParser().parseFromString(html, "text/html");
	for (const field of fields) {
		const now = successor.getElementById(field.id);
		if (now && Number(now.dataset.version) > Number(field.dataset.conflict))
			showConflict(field, { version: now.dataset.version, value: now.value });
	}
}

// Before a part of the page is replaced: saves its fields. False where `html`, its successor, has
// no place for words that could not be saved.
export async function settleFields(root, html) {
	await Promise.all(unsaved(root).map(save));
	renewConflicts(root, html);
	const homeless = [...unsaved(root), ...drafts(root)].filter((field) => !html.includes(`id="${field.id}"`));
	homeless.forEach((field) => say(field, "The page has moved on. Copy these words or clear them."));
	return homeless.every((field) => field.value === "");
}

// After it was replaced: a field in which somebody stands keeps its old text beside the new version,
// and would be saved over words that were never shown. Saved words give way to the newer ones.
function showNewer() {
	const field = document.activeElement;
	if (!isField(field) || field.dataset.dirty !== undefined || field.value === field.defaultValue) return;
	if (!field.matches("textarea, input")) return;
	const { selectionStart } = field;
	field.value = field.defaultValue;
	if (selectionStart !== null) field.setSelectionRange(selectionStart, selectionStart);
}

export function saveFields() {
	document.addEventListener("input", ({ target }) => {
		if (!isField(target)) return;
		setDirty(target, true);
		if (target.dataset.kept === undefined) say(target, "");
		later(target, PAUSE_MS);
	});
	document.addEventListener("change", ({ target }) => {
		if (isField(target)) save(target);
	});
	document.addEventListener("htmx:after:swap", showNewer);
	document.addEventListener("visibilitychange", () => {
		if (document.visibilityState === "hidden") unsaved(document).forEach(save);
	});
	window.addEventListener("beforeunload", (event) => {
		if (unsaved(document).some((field) => field.dataset.kept === undefined)) event.preventDefault();
	});
}
