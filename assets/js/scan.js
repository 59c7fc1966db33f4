// The quick scan: on a line of [data-scan] the keys of its [data-key] answer, and the focus goes on to the next line.
const typing = "input, select, textarea, [contenteditable]";
const lineOf = (target) => target.closest?.("[data-scan-line]");

function goOn(line) {
	const next = line.nextElementSibling?.querySelector("a[href]");
	(next ?? line.querySelector("a[href]")).focus();
	next?.scrollIntoView({ block: "nearest" });
}

export function scanByKeys() {
	document.addEventListener("keydown", (event) => {
		if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest?.(typing)) return;
		const answer = lineOf(event.target)?.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
		if (!answer) return;
		event.preventDefault();
		answer.click();
		const details = answer.closest("details");
		if (details?.open) details.querySelector(typing.replace("input", "input:not([type=hidden])"))?.focus();
	});
	// Once the answer is under way: what has the focus stays when the lines come back.
	document.addEventListener("submit", (event) => {
		const line = lineOf(event.target);
		if (line) setTimeout(goOn, 0, line);
	});
}
