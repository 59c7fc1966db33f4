// ↑ ↓ Home End move through the links of [data-list], Enter opens (the link does that itself), "/"
// goes to [data-find]. A row's link is its [data-open], or its first.
function links() {
	const found = [];
	for (const list of document.querySelectorAll("[data-list]"))
		for (const row of list.querySelectorAll("tbody > tr, :scope > li")) {
			const link = row.querySelector("a[data-open]") ?? row.querySelector("a[href]");
			if (link) found.push(link);
		}
	return found;
}

function isTyping(target) {
	return target.closest?.("input, select, textarea, [contenteditable]") !== null;
}

function move(key) {
	const all = links();
	if (all.length === 0) return false;
	const now = all.indexOf(document.activeElement);
	const start = all.findIndex((link) => link.closest("[aria-current]"));
	const targets = {
		ArrowDown: now < 0 ? Math.max(start, 0) : Math.min(now + 1, all.length - 1),
		ArrowUp: now < 0 ? Math.max(start, 0) : Math.max(now - 1, 0),
		Home: 0,
		End: all.length - 1,
	};
	if (!(key in targets) || (now < 0 && (key === "Home" || key === "End"))) return false;
	all[targets[key]].focus();
	all[targets[key]].scrollIntoView({ block: "nearest" });
	return true;
}

// On a phone the queue is a low box: the current household is brought into it.
function showCurrent() {
	const row = document.querySelector("[data-list] [aria-current]");
	const box = row?.closest("[data-list]");
	if (box) box.scrollTop = row.offsetTop - box.offsetTop - box.clientHeight / 2;
}

export function moveByKeys() {
	showCurrent();
	document.addEventListener("keydown", (event) => {
		if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
		if (event.key === "/") {
			const find = document.querySelector("[data-find]");
			if (!find) return;
			event.preventDefault();
			find.focus();
			find.select?.();
		} else if (move(event.key)) {
			event.preventDefault();
		}
	});
}
