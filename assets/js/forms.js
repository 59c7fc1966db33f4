// A form is sent once, a button with data-confirm asks first, a select with data-go sends its form
// when it changes, and a form with data-keep loses its words only when they were taken: where there is no answer it is
// sent again, and kept meanwhile (kept.js).
import { forget, keep, newId, release } from "./kept.js";

const HOLD_MS = 10000;
const RETRY_MS = 3000;
const BUSY = 503; // the server is being stopped, or too much is going on

const tries = new WeakMap(); // form → what was sent of it last: { id, words }

// The same words go with the same id, by which the server knows them.
function tryOf(form, body) {
	const words = new URLSearchParams([...body].filter(([name]) => name !== "id" && name !== "csrf"));
	let last = tries.get(form);
	if (last?.words.toString() !== words.toString()) {
		if (last) forget(last.id);
		last = { id: newId(), words };
	}
	tries.set(form, last);
	return last;
}

function say(form, text) {
	let note = form.querySelector(":scope > .saved");
	if (!note && text !== "") {
		note = document.createElement("p");
		note.className = "saved";
		note.setAttribute("role", "status");
		form.append(note);
	}
	if (note) note.textContent = text;
}

async function keepForm(form, { request }) {
	const { id, words } = tryOf(form, request.body);
	const entries = [...words, ...(form.elements.id ? [["id", id]] : [])];
	const isKept = await keep(id, form.getAttribute("action"), entries);
	say(form, isKept ? "Kept on this device, will be sent when the line is back." : "Not sent yet. Trying again…");
	setTimeout(() => {
		if (form.isConnected) form.requestSubmit(request.submitter);
		else release(id);
	}, RETRY_MS);
}

function letGo(form) {
	delete form.dataset.sent;
	for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
}

export function guardForms() {
	document.addEventListener("submit", (event) => {
		const form = event.target;
		const question = event.submitter?.dataset.confirm;
		if (form.dataset.sent !== undefined || (question && !window.confirm(question))) {
			event.preventDefault();
			event.stopImmediatePropagation();
			return;
		}
		if (form.method !== "post") return;
		form.dataset.sent = "";
		event.submitter?.setAttribute("aria-busy", "true");
		setTimeout(letGo, HOLD_MS, form);
	}, true);
	document.addEventListener("htmx:config:request", ({ target, detail }) => {
		const { body } = detail.ctx.request;
		const form = target.closest?.("form[data-keep]");
		if (form && form.elements.id) body.set("id", tryOf(form, body).id);
	});
	document.addEventListener("htmx:error", ({ target, detail }) => {
		const form = target.closest?.("form[data-keep]");
		if (form && !detail.ctx.response) keepForm(form, detail.ctx);
	});
	// What was taken leaves its form; what was refused stays in it.
	document.addEventListener("htmx:after:request", ({ target, detail }) => {
		const form = target.closest?.("form[data-keep]");
		if (!form) return;
		if (detail.ctx.response.status === BUSY) keepForm(form, detail.ctx);
		if (detail.ctx.response.status >= 500) return;
		if (tries.has(form)) forget(tries.get(form).id);
		say(form, "");
		if (detail.ctx.response.status >= 400) return;
		tries.delete(form);
		form.reset();
	});
	document.addEventListener("htmx:finally:request", ({ target }) => {
		const form = target.closest?.("form");
		if (form) letGo(form);
	});
	document.addEventListener("change", ({ target }) => {
		if (target.matches?.("[data-go]")) target.form.requestSubmit();
	});
	window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(letGo));
}
