// The pages of the list (<body data-leaves>) blur while their tab or window is left, so that nobody reads along on
// a screen that is not looked at. Coming back clears them at once.
export function blurWhenLeft() {
	if (document.body.dataset.leaves === undefined) return;
	const set = (left) => document.documentElement.classList.toggle("is-left", left);
	set(document.hidden || !document.hasFocus());
	window.addEventListener("blur", () => set(true));
	window.addEventListener("focus", () => set(document.hidden));
	document.addEventListener("visibilitychange", () => set(document.hidden || !document.hasFocus()));
	window.addEventListener("pagehide", () => set(true));
	window.addEventListener("pageshow", () => set(document.hidden || !document.hasFocus()));
	// Paper is asked for by who is here.
	window.addEventListener("beforeprint", () => set(false));
}
