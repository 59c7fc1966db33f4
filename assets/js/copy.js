// [data-copy="table.list"] copies the table as a spreadsheet takes it: tabs between cells, one row a line,
// what is seen and nothing else; anything else is copied as its text. [data-copied] says what happened.
function text(cell) {
	const lines = cell.innerText.split("\n").map((line) => line.trim()).filter((line) => line !== "" && line !== "–");
	const value = lines.join(" · ").replaceAll("\t", " ");
	// A spreadsheet would run what begins like a formula.
	return /^[=+\-@]/.test(value) ? `'${value}` : value;
}

// A cell that spans two columns leaves the second one empty.
function line(row) {
	const cells = [...row.cells].filter((cell) => cell.offsetParent !== null);
	return cells.flatMap((cell) => [text(cell), ...Array(cell.colSpan - 1).fill("")]).join("\t");
}

export function copyTables() {
	document.addEventListener("click", async ({ target }) => {
		const button = target.closest?.("[data-copy]");
		const table = button && document.querySelector(button.dataset.copy);
		if (!table) return;
		const rows = table.rows && [...table.rows].map(line);
		const said = document.querySelector("[data-copied]");
		try {
			await navigator.clipboard.writeText(rows ? rows.join("\n") : table.textContent);
			said.textContent = rows ? `${rows.length - 1} rows are copied as they are seen.` : "Copied.";
		} catch {
			said.textContent = "The browser did not let us copy: select it and copy it yourself.";
		}
	});
}
