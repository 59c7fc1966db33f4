// ↑ ↓ Home End move through the links of [data-list], Enter opens (the link does that itself), "/"
// goes to [data-find]. A row's link is its [data-open], or its first.
//
// A table is more: it becomes a grid, one stop for the Tab key, in which the arrows move from cell to
// cell (ARIA Authoring Practices, data grids). A cell with a link hands the focus on to it.
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

// --- grids ---

const stop = (cell) => cell.querySelector("a[href]") ?? cell;
const isShown = (cell) => cell.offsetParent !== null;

function makeGrid(table) {
	table.setAttribute("role", "grid");
	for (const cell of table.querySelectorAll("th, td")) stop(cell).tabIndex = -1;
	const row = table.tBodies[0].querySelector("tr[aria-current]") ?? table.tBodies[0].rows[0];
	const first = row?.querySelector("a[data-open]") ?? row?.cells[0];
	if (first) first.tabIndex = 0;
}

function focusCell(table, cell) {
	for (const at of table.querySelectorAll('[tabindex="0"]')) at.tabIndex = -1;
	const target = stop(cell);
	target.tabIndex = 0;
	target.focus();
	target.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function moveInGrid(event) {
	const cell = event.target.closest?.("table[data-list] th, table[data-list] td");
	if (!cell) return false;
	const table = cell.closest("table");
	const rows = [...table.rows];
	const cells = [...cell.parentElement.cells].filter(isShown);
	const at = cells.indexOf(cell);
	const up = rows.indexOf(cell.parentElement);
	// A code spans the two columns of a name: up and down keep to what stands above and below.
	const beside = (row) => {
		const left = cell.getBoundingClientRect().left;
		return [...row.cells].filter(isShown).findLast((other) => other.getBoundingClientRect().left <= left + 1) ?? row.cells[0];
	};
	const targets = {
		ArrowLeft: () => cells[Math.max(at - 1, 0)],
		ArrowRight: () => cells[Math.min(at + 1, cells.length - 1)],
		ArrowUp: () => beside(rows[Math.max(up - 1, 0)]),
		ArrowDown: () => beside(rows[Math.min(up + 1, rows.length - 1)]),
		Home: () => cells[0],
		End: () => cells.at(-1),
	};
	if (!(event.key in targets)) return false;
	focusCell(table, targets[event.key]());
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
	for (const table of document.querySelectorAll("table[data-list]")) makeGrid(table);
	document.addEventListener("keydown", (event) => {
		if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
		if (event.key === "/") {
			const find = document.querySelector("[data-find]");
			if (!find) return;
			event.preventDefault();
			find.focus();
			find.select?.();
		} else if (moveInGrid(event) || move(event.key)) {
			event.preventDefault();
		}
	});
	// A heading pressed with the Shift key orders by it behind the others.
	document.addEventListener("click", (event) => {
		const heading = event.target.closest?.("a[data-then-url]");
		if (!heading || !event.shiftKey) return;
		event.preventDefault();
		location.assign(heading.dataset.thenUrl);
	});
}
