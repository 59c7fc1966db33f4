// What nobody's browser sends by itself: each is refused, stands in the journal where somebody is signed in, and leaves
// the site as it was. Stolen cookies and codes that are sent twice are in sign.mjs, what comes back from a provider of
// single sign-on in sso.mjs, ids of others and roles in canary.mjs.
//
//     BYNAME=build/byname node tests/browser/refused.mjs
import { request } from "node:http";

import { Tap } from "./tap.mjs";
import { World } from "./world.mjs";

const UNKNOWN = "00000000000000000000";
const tap = new Tap();
const world = await World.make({ people: 300 });

async function cookieOf(login) {
	return (await world.state(login)).cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
}

// A request as it stands: nothing is put right on the way.
function send(method, path, headers = {}, body = "") {
	return new Promise((done) => {
		const { hostname, port } = new URL(world.url);
		const all = { "User-Agent": world.agent, ...(body ? { "Content-Type": "application/x-www-form-urlencoded", "Content-Length": Buffer.byteLength(body) } : {}), ...headers };
		const asked = request({ hostname, port, method, path, headers: all }, async (answer) => {
			let text = "";
			for await (const piece of answer.setEncoding("utf8")) text += piece;
			done({ status: answer.statusCode, headers: answer.headers, text });
		});
		asked.on("error", () => done({ status: 0, headers: {}, text: "" })); // the server hung up
		asked.end(body);
	});
}

// What the journal says was refused to somebody, newest first.
async function refusals(login) {
	const [, ...lines] = (await world.byname("journal", "--act", "user.refused", "--who", login)).trim().split("\n");
	return lines.map((line) => /status=\d+,route=[^"]*/.exec(line)?.[0]);
}

const Cookie = await cookieOf("lee");
const account = await send("GET", "/account", { Cookie });
const csrf = /data-csrf="([^"]+)"/.exec(account.text)[1];
const other = /data-csrf="([^"]+)"/.exec((await send("GET", "/account", { Cookie: await cookieOf("dana") })).text)[1];
const own = { Cookie, Origin: world.url };

// --- forged forms ---
const END = "/account/sessions/end-others";
const forged = [
	["from another site", { Cookie, Origin: "https://elsewhere.example" }, `csrf=${csrf}`],
	["from nowhere, without the word of the session", { Cookie }, "x=y"],
	["from nowhere, with the word of somebody else's session", { Cookie }, `csrf=${other}`],
	["that another site's page sends", { Cookie, "Sec-Fetch-Site": "cross-site" }, `csrf=${csrf}`],
];
for (const [how, headers, body] of forged) {
	const { status } = await send("POST", END, headers, body);
	tap.same(status, 403, `a form ${how} is refused`);
}
tap.same(await refusals("lee"), forged.map(() => `status=403,route=${END}`), "each stands in the journal");
tap.ok(!(await world.byname("journal")).includes("user.session-end"), "and none did anything");
tap.same((await send("POST", END, own, `csrf=${csrf}`)).status, 200, "one's own form does");

// --- ids and pages of others ---
{
	const Lead = await cookieOf("pat");
	tap.same((await send("GET", "/list", { Cookie: Lead })).status, 403, "a lead agency asks for the list");
	tap.same((await send("GET", `/household/${UNKNOWN}`, { Cookie: Lead })).status, 403, "and for a household");
	tap.same(await refusals("pat"), ["status=403,route=/household/:id", "status=403,route=/list"], "the journal says so, and not what was asked for");
	tap.same((await send("GET", `/household/${UNKNOWN}`, { Cookie })).status, 404, "an id that is made up");
	tap.same((await refusals("lee"))[0], "status=404,route=/household/:id", "stands there too");
}

// --- ways out of the site, and lines that are no header ---
const nobody = await send("GET", "/sign-in");
const guest = nobody.headers["set-cookie"].map((line) => line.split(";")[0]).join("; ");
const word = /name="csrf" value="([^"]+)"/.exec(nobody.text)[1];
for (const next of ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example/", "/%5C%5Celsewhere.example", "javascript:alert(1)", "/list\r\nX-Injected: yes", "/list%0d%0aX-Injected:%20yes"]) {
	const body = new URLSearchParams({ csrf: word, login: "sam", user: "sam", password: "made-up people only", next }).toString();
	const { status, headers } = await send("POST", "/sign-in", { Cookie: guest, Origin: world.url }, body);
	const to = headers.location ?? "";
	tap.ok(status === 303 && new URL(to, world.url).origin === world.url && !headers["x-injected"], `signing in leads nowhere else: ${JSON.stringify(next)}`, `${status} ${to}`);
	const shown = await send("GET", `/sign-in?next=${encodeURIComponent(next)}`);
	tap.ok(shown.status < 500 && !shown.headers["x-injected"], "nor does its page", shown.status);
}

// --- paths ---
for (const path of ["/../../etc/passwd", "/assets/../../../etc/passwd", "/assets/..%2f..%2f..%2fetc%2fpasswd", "/%2e%2e/%2e%2e/etc/passwd", "/household/..%2f..%2fjournal", "/list%00.html", "//elsewhere.example/list", "/./list", "/list/", "/LIST", "http://elsewhere.example/list"]) {
	const { status, text } = await send("GET", path, { Cookie });
	tap.ok([400, 403, 404, 421].includes(status) && !text.includes("root:"), `a path that plays tricks: ${path}`, status);
}

// --- too much of everything ---
const much = "a".repeat(1 << 20);
const too = [
	["an address", () => send("GET", `/list?find=${much.slice(0, 60000)}`, { Cookie }), [0, 400, 413, 414, 431]],
	["a header", () => send("GET", "/list", { Cookie, "X-More": much.slice(0, 200000) }), [0, 400, 413, 431]],
	["a cookie", () => send("GET", "/list", { Cookie: `${Cookie}; more=${much.slice(0, 100000)}` }), [0, 400, 413, 431]],
	["a field", () => send("POST", "/list", own, `csrf=${csrf}&find=${much.slice(0, 100000)}`), [413, 422]],
	["a form", () => send("POST", "/list", own, `csrf=${csrf}&find=${much.repeat(8)}`), [0, 413]],
	["a number of fields", () => send("POST", "/list", own, `csrf=${csrf}${"&x=1".repeat(5000)}`), [413]],
];
for (const [what, act, allowed] of too) {
	const { status } = await act();
	tap.ok(allowed.includes(status), `too large: ${what}`, status);
}
tap.ok((await refusals("lee"))[0]?.startsWith("status=413,route=/list"), "which stands in the journal where it was read");
tap.same((await send("GET", "/account", { Cookie })).status, 200, "and the site goes on");

tap.same(await world.end(), "", "the server stops cleanly and complained of nothing");
tap.end();
