// What is said when the server does not know us any more. What was typed stays in its field, and the person signs in
// beside it.
let told = false;

export function sessionEnded(response) {
	return response.status === 401 || response.redirected || response.headers.has("HX-Redirect");
}

// A line above the page: `kind` of USWDS, then text and elements.
export function alertAtTop(kind, ...content) {
	const note = document.createElement("div");
	note.className = `usa-alert usa-alert--slim usa-alert--${kind}`;
	note.setAttribute("role", kind === "success" ? "status" : "alert");
	const body = document.createElement("div");
	body.className = "usa-alert__body";
	const text = document.createElement("div");
	text.className = "usa-alert__text";
	text.append(...content);
	body.append(text);
	note.append(body);
	document.getElementById("main")?.prepend(note);
	return note;
}

export function tellSessionEnded() {
	if (told) return;
	told = true;
	const link = document.createElement("a");
	link.href = "/sign-in";
	link.target = "_blank";
	link.textContent = "Sign in in a new tab";
	alertAtTop("warning", "You were signed out. What you typed is still here. ", link, ", then go on here.").classList.add("session-ended");
}

// The answer of the server shows that we are signed in again.
export function sessionWorks() {
	if (!told) return;
	told = false;
	document.querySelector(".session-ended")?.remove();
}
