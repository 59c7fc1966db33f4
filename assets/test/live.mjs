// The script of the pages in a real browser against a small server of its own: one stream for all
// tabs, live parts, saving fields, conflicts, a session that ends, keys, clock, forms sent once.
//
//     node assets/test/live.mjs ASSETS      (the folder that assets/build.mjs filled); speaks TAP
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { chromium } from "playwright-core";

const assets = process.argv[2];
const browserPath = process.env.BYNAME_CHROMIUM ?? "/usr/bin/chromium";
if (!existsSync(browserPath)) {
	console.log("1..0 # SKIP there is no Chromium");
	process.exit(0);
}

const world = { event: 100, count: 1, version: 1, value: "start", signedOut: false, opened: [], sent: 0 };
const streams = new Set();

function part() {
	const { count, version, value } = world;
	return `<section id="part" data-live="queue step" data-live-url="/part"><p id="count">${count}</p>
<div data-field><textarea id="note" name="note" data-save-url="/save" data-version="${version}">
${value}</textarea></div><input id="plain" value="v${count}"></section>`;
}

function page() {
	return `<!doctype html><html lang="en"><head><title>live</title>
<meta name="htmx-config" content='{"history": false, "includeIndicatorCSS": false, "morphSkip": "[data-dirty]", "morphIgnore": ["data-htmx-powered", "open"]}'>
<script type="module" src="/assets/app.js"></script></head>
<body data-stream-url="/events" data-stream-after="${world.event}" data-csrf="token"><main id="main">
<p class="clock" data-clock-elapsed="80" data-clock-limit="81"><span data-clock-face>?</span></p>${part()}
<form method="post" action="/send"><button id="send">Send</button></form>
<button id="fragment" hx-post="/fragment" hx-target="#there">Fragment</button><div id="there"></div>
<table data-list><tbody><tr><th><a id="row1" href="#1">1</a></th></tr><tr><th><a id="row2" href="#2">2</a></th></tr></tbody></table>
<input id="find" data-find></main><div id="live-status" role="status"></div></body></html>`;
}

function publish(noun) {
	world.event++;
	const data = JSON.stringify({ id: world.event, topic: "conference:1", noun });
	for (const stream of streams) stream.write(`id: ${world.event}\ndata: ${data}\n\n`);
}

function save(form, reply) {
	if (Number(form.get("version")) !== world.version)
		return reply(409, JSON.stringify({ version: world.version, value: world.value, by: "Sam Ruiz" }));
	world.version++;
	world.value = form.get("note");
	publish("step");
	return reply(200, JSON.stringify({ version: world.version }));
}

const types = { ".js": "text/javascript", ".css": "text/css" };
const server = createServer((request, response) => {
	const url = new URL(request.url, "http://here");
	let body = "";
	response.setHeader("Content-Security-Policy", "default-src 'self'");
	const reply = (status, text, type = "text/html") => {
		response.writeHead(status, { "Content-Type": type });
		response.end(text);
	};
	request.on("data", (data) => (body += data));
	request.on("end", () => {
		const form = new URLSearchParams(body);
		const path = url.pathname;
		if (path === "/") reply(200, page());
		else if ((path === "/part" || path === "/save") && world.signedOut) reply(401, "");
		else if (path === "/part") reply(200, part());
		else if (path === "/save") save(form, reply);
		else if (path === "/fragment") reply(200, `<b>${form.get("csrf")}</b>`);
		else if (path === "/send") setTimeout(() => reply(200, String(++world.sent)), 300);
		else if (path === "/events") {
			world.opened.push(Number(url.searchParams.get("after")));
			response.writeHead(200, { "Content-Type": "text/event-stream" });
			response.write(":\n\n");
			streams.add(response);
			response.on("close", () => streams.delete(response));
		} else if (path.startsWith("/assets/")) {
			const file = join(assets, path.slice("/assets/".length));
			if (existsSync(file)) reply(200, readFileSync(file), types[extname(file)] ?? "");
			else reply(404, "");
		} else reply(404, "");
	});
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const address = `http://127.0.0.1:${server.address().port}/`;

let number = 0;
let failed = 0;
// Waits until `check` gives true, at most `ms`.
async function test(name, check, ms = 6000) {
	const end = Date.now() + ms;
	let good = false;
	while (!(good = await check()) && Date.now() < end) await new Promise((done) => setTimeout(done, 50));
	if (!good) failed++;
	console.log(`${good ? "" : "not "}ok ${++number} - ${name}`);
}
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

const browser = await chromium.launch({
	executablePath: browserPath,
	args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
		"--disable-component-update", "--disable-sync"],
});
const context = await browser.newContext();
const faults = [];
async function tab() {
	const made = await context.newPage();
	made.on("pageerror", (error) => faults.push(error.message));
	made.on("console", (message) => /Content Security Policy/.test(message.text()) && faults.push(message.text()));
	await made.goto(address);
	return made;
}
const text = (page, selector) => page.textContent(selector);
const active = (page) => page.evaluate(() => document.activeElement.id);

const first = await tab();
await test("a tab opens a stream", () => streams.size === 1);
const second = await tab();
await pause(300);
await test("a second tab shares it", () => streams.size === 1 && world.opened.length === 1);

world.count = 7;
publish("queue");
await test("an event refreshes the tab that reads", async () => (await text(first, "#count")) === "7");
await test("and the other", async () => (await text(second, "#count")) === "7");
world.count = 8;
publish("other");
await pause(300);
await test("another noun refreshes nothing", async () => (await text(second, "#count")) === "7");
await second.focus("#plain");
await second.keyboard.type("abc");
publish("queue");
await test("a refresh goes on beside the focus", async () => (await text(second, "#count")) === "8");
await test("which stays", async () => (await active(second)) === "plain");
await test("with its words", async () => (await second.inputValue("#plain")).includes("abc"));

await first.bringToFront();
await first.fill("#note", "hello");
await test("a field saves itself", () => world.value === "hello");
await test("and reaches the other tab", async () => (await second.inputValue("#note")) === "hello");
await first.focus("#note");
await first.keyboard.type(" mine");
world.value = "theirs";
world.version++;
publish("step");
await test("a conflict is shown", async () => (await first.locator(".conflict").count()) === 1);
await test("my words stay", async () => (await first.inputValue("#note")) === "hello mine");
world.count = 9;
publish("queue");
await test("a refresh goes on beside a conflict", async () => (await text(first, "#count")) === "9");
await test("which is still shown", async () => (await first.locator(".conflict").count()) === 1);
world.value = "theirs, longer";
world.version++;
publish("step");
await test("it shows what the other has written since", async () => (await first.textContent(".conflict blockquote")) === "theirs, longer");
await first.getByText("Keep both").click();
await test("both words are kept", () => world.value === "theirs, longer\nhello mine");

world.signedOut = true;
await first.focus("#note");
await first.keyboard.press("End");
await first.keyboard.type(" late");
await test("an ended session is told", async () => (await first.locator(".session-ended").count()) === 1);
await test("words typed then stay", async () => (await first.inputValue("#note")).includes("late"));
world.signedOut = false;
await test("and are saved after signing in", () => world.value.includes("late"));

await first.click("#fragment");
await test("htmx sends the token", async () => (await text(first, "#there")) === "token");
await test("the clock counts past its end", async () => /^−0:/.test(await text(first, "[data-clock-face]")));
await first.evaluate(() => document.activeElement.blur());
await first.keyboard.press("ArrowDown");
await test("an arrow goes to the first row", async () => (await active(first)) === "row1");
await first.keyboard.press("ArrowDown");
await test("and to the next", async () => (await active(first)) === "row2");
await first.keyboard.press("/");
await test("/ goes to the search", async () => (await active(first)) === "find");

await first.close();
await test("when its tab closes, the next one reads", () => streams.size === 1 && world.opened.length === 2);
await test("from the last event on", () => world.opened[1] === world.event);
for (const stream of streams) stream.destroy();
await pause(100);
world.count = 20;
publish("queue");
await test("a lost stream is opened again", () => streams.size === 1, 10000);
await second.evaluate(() => {
	document.getElementById("send").click();
	document.getElementById("send").click();
});
await pause(800);
await test("a form is sent once", () => world.sent === 1);
await test("no script failed and no policy was broken", () => faults.length === 0);

console.log(`1..${number}`);
await browser.close();
server.close();
process.exit(failed > 0 ? 1 : 0);
