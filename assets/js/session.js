// What is said when the server does not know us any more. Nothing that was typed is stored: it
// stays in its field, and the person signs in beside it.
let told = false;

export function sessionEnded(response) {
	return response.status === 401 || response.redirected || response.headers.has("HX-Redirect");
}

export function tellSessionEnded() {
	if (told) return;
	told = true;
	const note = document.createElement("div");
	note.className = "usa-alert usa-alert--slim usa-alert--warning session-ended";
	note.setAttribute("role", "alert");
	const body = document.createElement("div");
	body.className = "usa-alert__body";
	const text = document.createElement("p");
	text.className = "usa-alert__text";
	text.append("You were signed out. What you typed is still here. ");
	const link = document.createElement("a");
	link.href = "/sign-in";
	link.target = "_blank";
	link.textContent = "Sign in in a new tab";
	text.append(link, ", then go on here.");
	body.append(text);
	note.append(body);
	document.getElementById("main")?.prepend(note);
}

// The answer of the server shows that we are signed in again.
export function sessionWorks() {
	if (!told) return;
	told = false;
	document.querySelector(".session-ended")?.remove();
}
