// A signature drawn with finger, pen or mouse: <div data-signature> with an <svg><path>, a hidden field and a
// button that clears it. The field gets the strokes as the path has them: M and L with whole numbers.
const WIDTH = 600;
const HEIGHT = 160;
const ROOM = 7900; // what the field takes

function watch(box) {
	const svg = box.querySelector("svg");
	const path = svg.querySelector("path");
	const field = box.querySelector("input");
	const screen = box.closest("form").querySelector('[name="given"][value="screen"]');
	let drawing = false;

	const show = (strokes) => {
		field.value = strokes;
		path.setAttribute("d", strokes);
	};
	const place = (event) => {
		const { left, top, width, height } = svg.getBoundingClientRect();
		const within = (value, most) => Math.max(0, Math.min(most, Math.round(value)));
		return `${within(((event.clientX - left) / width) * WIDTH, WIDTH)} ${within(((event.clientY - top) / height) * HEIGHT, HEIGHT)}`;
	};
	const add = (letter, event) => {
		if (field.value.length < ROOM) show(`${field.value}${letter}${place(event)}`);
	};

	svg.addEventListener("pointerdown", (event) => {
		drawing = true;
		svg.setPointerCapture(event.pointerId);
		if (screen) screen.checked = true;
		add("M", event);
		event.preventDefault();
	});
	svg.addEventListener("pointermove", (event) => drawing && add("L", event));
	for (const end of ["pointerup", "pointercancel"]) svg.addEventListener(end, () => (drawing = false));
	box.querySelector("button").addEventListener("click", () => show(""));
}

export function takeSignatures() {
	for (const box of document.querySelectorAll("[data-signature]")) watch(box);
}
