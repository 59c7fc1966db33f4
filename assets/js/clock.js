// The clock of a household: <p data-clock-elapsed="80" data-clock-limit="210">. The server says how
// many seconds had passed when it wrote the page, so the clocks of the devices do not matter.
// data-clock-paused stops it.
const seen = new WeakMap(); // element → { text, at }

function say(seconds) {
	const whole = Math.abs(Math.trunc(seconds));
	return `${seconds < 0 ? "−" : ""}${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

function tick() {
	for (const clock of document.querySelectorAll("[data-clock-elapsed]")) {
		const { clockElapsed, clockLimit, clockPaused } = clock.dataset;
		const text = `${clockElapsed} ${clockLimit} ${clockPaused}`;
		if (seen.get(clock)?.text !== text) seen.set(clock, { text, at: performance.now() });
		const since = clockPaused === undefined ? (performance.now() - seen.get(clock).at) / 1000 : 0;
		const left = Number(clockLimit) - Number(clockElapsed) - since;
		const face = clock.querySelector("[data-clock-face]") ?? clock;
		const now = say(left);
		if (face.textContent !== now) face.textContent = now;
		clock.classList.toggle("is-over", left < 0);
	}
}

export function watchClocks() {
	tick();
	setInterval(tick, 250);
}
