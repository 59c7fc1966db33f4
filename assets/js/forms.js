// A form is sent once, a button with data-confirm asks first, a select with data-go sends its form
// when it changes, and a form with data-keep loses its words only when they were taken.
const HOLD_MS = 10000;

function release(form) {
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
		setTimeout(release, HOLD_MS, form);
	}, true);
	// What was kept leaves its form; what was refused stays in it.
	document.addEventListener("htmx:after:request", ({ target, detail }) => {
		const form = target.closest?.("form[data-keep]");
		if (form && detail.ctx.response.status < 400) form.reset();
	});
	document.addEventListener("htmx:finally:request", ({ target }) => {
		const form = target.closest?.("form");
		if (form) release(form);
	});
	document.addEventListener("change", ({ target }) => {
		if (target.matches?.("[data-go]")) target.form.requestSubmit();
	});
	window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));
}
