// Who has spoken: the facilitator ticks [data-spoken="ID"]. The ticks stay in this window and go with it; nobody else, and
// no server, is told. [data-spoken-left] says how many have not.
const key = () => `byname:spoken:${location.pathname}`;

function spoken() {
	return new Set(JSON.parse(sessionStorage.getItem(key()) ?? "[]"));
}

function show() {
	const buttons = [...document.querySelectorAll("[data-spoken]")];
	const said = buttons.length > 0 ? spoken() : null;
	for (const button of buttons) button.setAttribute("aria-pressed", String(said.has(button.dataset.spoken)));
	const place = document.querySelector("[data-spoken-left]");
	const left = buttons.filter((button) => !said.has(button.dataset.spoken)).length;
	const words = left > 0 && left < buttons.length ? ` · yet to speak: ${left}` : "";
	if (place && place.textContent !== words) place.textContent = words;
}

export function tickSpoken() {
	document.addEventListener("click", (event) => {
		const button = event.target.closest?.("[data-spoken]");
		if (!button) return;
		const said = spoken();
		if (!said.delete(button.dataset.spoken)) said.add(button.dataset.spoken);
		sessionStorage.setItem(key(), JSON.stringify([...said]));
		show();
	});
	show();
	setInterval(show, 500); // a live part that was fetched again does not know of the ticks
}
