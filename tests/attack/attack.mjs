// wapiti and sqlmap against a running instance with made-up people, on loopback: they must find nothing.
//
// Both are let loose on a small site with holes first, so that finding nothing means something. Then every page that a
// role reaches by links is read, and each form and each address with parameters on them is a target of sqlmap; wapiti
// reads the site by itself. What answers with a fault of the server counts as found.
//
//     BYNAME=build/byname node tests/attack/attack.mjs [short | LOGIN...]      (short: a handful of targets, for every day)
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { Tap } from "../browser/tap.mjs";
import { World } from "../browser/world.mjs";
import { Holes } from "./holes.mjs";
import { Relay } from "./relay.mjs";

const SHORT = process.argv[2] === "short";
const ROLES = SHORT ? ["lee"] : process.argv.length > 2 ? process.argv.slice(2) : ["lee", "dana", "pat", "quinn", "admin"];
const PAGES_MOST = SHORT ? 2 : 150;
const TARGETS_MOST = SHORT ? 2 : 200;
const STARTS_MOST = SHORT ? 1 : 12;
const SQLMAP_SECONDS = SHORT ? 20 : 240;
const WAPITI = SHORT
	? { crawl: 2, module: 2, modules: "sql,xss" }
	: { crawl: 40, module: 10, modules: "cookieflags,crlf,csp,csrf,exec,file,http_headers,methods,permanentxss,redirect,shellshock,sql,xss" };
// What would sign the attacker out, or close an account.
const LEFT_OUT = ["/sign-out", "/account", "/people/"];
// What is open to everybody.
const OPEN = { pages: ["/sign-in", "/standards", "/invitation"], targets: ["/sign-in?next=/list", "/standards?kind=psh", "/invitation?code=1"].map((path) => ({ method: "GET", path })) };
// Of what wapiti says about every site: what does not apply on loopback, a filter that browsers no longer have, and an
// address that the relay answers itself, whatever the token.
const NOT_HERE = /Strict-Transport-Security|Secure flag|X-XSS-Protection|POST \/sign-out/;

for (const program of ["/usr/bin/wapiti", "/usr/bin/sqlmap"]) if (!existsSync(program)) Tap.skip(`${program} is not installed`);

const tap = new Tap();
const world = await World.make({ people: 400 });
const env = { ...process.env, HOME: world.folder, XDG_DATA_HOME: world.folder }; // neither leaves anything at home
let runs = 0;

function folder() {
	const made = join(world.folder, `attack-${++runs}`);
	mkdirSync(made);
	return made;
}

function run(program, words, seconds) {
	return new Promise((done) => {
		const child = spawn(program, words, { env, cwd: world.folder, stdio: ["ignore", "pipe", "pipe"] });
		const clock = setTimeout(() => child.kill("SIGTERM"), seconds * 1000);
		let said = "";
		for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (said += text));
		child.on("close", () => {
			clearTimeout(clock);
			done(said);
		});
	});
}

// What wapiti finds at a site, a line each; it follows no redirection, so it is told some pages to start from.
async function wapiti(url, pages = []) {
	const own = folder();
	const report = join(own, "report.json");
	const words = ["-u", `${url}/`, "--scope", "folder", "-m", WAPITI.modules, "-f", "json", "-o", report, "-v", "0", "--no-bugreport", "-t", "10",
		"--store-session", own, "--store-config", own, "--max-scan-time", WAPITI.crawl, "--max-attack-time", WAPITI.module, ...pages.flatMap((path) => ["-s", url + path])];
	const said = await run("wapiti", words, WAPITI.crawl + 20 * WAPITI.module + 30);
	if (!existsSync(report)) return [`wapiti wrote no report: ${said.slice(-1500)}`];
	const { vulnerabilities, anomalies } = JSON.parse(readFileSync(report, "utf8"));
	const all = Object.entries({ ...vulnerabilities, ...anomalies });
	return all.flatMap(([kind, found]) => found.map(({ info, method, path }) => `${kind}: ${info} (${method} ${path})`)).filter((line) => !NOT_HERE.test(line));
}

// What sqlmap finds in some requests to a site, a line each, and what it said.
async function sqlmap(url, targets) {
	const own = folder();
	const { host, hostname, port } = new URL(url);
	const items = targets.map(({ method, path, body }) => {
		const form = body === undefined ? "\r\n" : `Content-Type: application/x-www-form-urlencoded\r\n\r\n${body}`;
		const request = Buffer.from(`${method} ${path} HTTP/1.1\r\nHost: ${host}\r\n${form}`).toString("base64");
		return `<item><host>${hostname}</host><port>${port}</port><request base64="true"><![CDATA[${request}]]></request></item>`;
	});
	const log = join(own, "requests.xml");
	writeFileSync(log, `<items>${items.join("")}</items>`);
	const said = await run("sqlmap", ["-l", log, "--ignore-stdin", "--batch", "--output-dir", own, "--flush-session", "--disable-coloring",
		"--technique", "BEU", "--skip", "csrf", "--drop-set-cookie", "--ignore-redirects", "--threads", "2", "--timeout", "10"], SQLMAP_SECONDS);
	const found = readdirSync(own).filter((name) => name.endsWith(".csv")).flatMap((name) => readFileSync(join(own, name), "utf8").trim().split("\n").slice(1));
	return { found, said };
}

// The pages that a role comes across, of each kind one, and the requests with parameters on them.
async function explore(login) {
	const page = await world.page(login);
	const shape = (path) => path.replace(/\b[0-9a-z]{20}\b/g, "*");
	const left = (path) => LEFT_OUT.some((start) => path.startsWith(start));
	const kinds = new Set();
	const isNew = (kind) => !kinds.has(kind) && kinds.add(kind);
	const open = ["/"];
	const [pages, targets] = [[], []];
	while (open.length > 0 && pages.length < PAGES_MOST) {
		const answer = await page.goto(open.shift(), { waitUntil: "domcontentloaded" }).catch(() => null); // a file is no page
		if (!answer?.ok() || !answer.headers()["content-type"]?.startsWith("text/html")) continue;
		pages.push(new URL(page.url()).pathname);
		const { links, forms } = await page.evaluate(() => ({
			links: [...document.links].filter(({ origin }) => origin === location.origin).map(({ pathname, search }) => pathname + search),
			forms: [...document.forms].map((form) => ({
				method: form.getAttribute("method")?.toUpperCase() ?? "GET",
				action: new URL(form.getAttribute("action") ?? "", location.href).pathname,
				files: form.querySelector("[type=file]") !== null,
				fields: [...form.elements].filter(({ name, type }) => name && type !== "submit").map(({ name, value }) => [name, value]),
			})),
		}));
		for (const link of links) {
			const [path, search = ""] = link.split("?");
			const names = [...new URLSearchParams(search).keys()].join();
			if (left(path) || !isNew(`GET ${shape(path)} ${names}`)) continue;
			open.push(link);
			if (names || shape(path) !== path) targets.push({ method: "GET", path: names ? link : shape(path) });
		}
		for (const { method, action, files, fields } of forms) {
			const names = fields.map(([name]) => name).join();
			if (left(action) || files || !names || !isNew(`${method} ${shape(action)} ${names}`)) continue;
			const body = new URLSearchParams(fields.map(([name, value]) => [name, value || "1"])).toString();
			targets.push(method === "GET" ? { method, path: `${action}?${body}` } : { method, path: action, body });
		}
	}
	await page.context().close();
	return { pages, targets: targets.slice(0, TARGETS_MOST) };
}

// --- that they can find something ---
const holes = await Holes.open();
const { found: hole, said: how } = await sqlmap(holes.url, [{ method: "GET", path: "/?id=1" }]);
tap.ok(hole.length > 0, "sqlmap finds a statement that is put together from what was sent", how.slice(-1500));
const leaks = await wapiti(holes.url);
tap.ok(leaks.some((line) => line.startsWith("Cross Site Scripting")), "wapiti finds a word that comes back as it was sent", leaks.join("\n"));
holes.end();

// --- each role, and who is not signed in ---
for (const login of [...ROLES, null]) {
	const as = login ?? "nobody";
	const cookies = login ? (await world.state(login)).cookies.map(({ name, value }) => `${name}=${value}`) : [];
	const headers = { Cookie: cookies.join("; "), "User-Agent": world.agent, Origin: world.url };
	const { pages, targets } = login ? await explore(login) : OPEN;
	const relay = await Relay.open(world.url, headers, login ? LEFT_OUT : []);
	const { found, said } = await sqlmap(relay.url, targets);
	tap.same(found, [], `sqlmap finds nothing as ${as}`);
	const tried = relay.asked;
	tap.ok(tried >= 10 * Math.min(targets.length, 3), `and tried, as ${as}`, said.slice(-1500));
	tap.same(await wapiti(relay.url, pages.slice(0, STARTS_MOST)), [], `wapiti finds nothing as ${as}`);
	tap.ok(relay.asked > tried + 20, `and tried, as ${as}`);
	tap.same([...relay.faults].slice(0, 20), [], `the server has no fault as ${as}`);
	tap.note(`${targets.length} targets, ${tried} requests of sqlmap, ${relay.asked - tried} of wapiti`);
	relay.end();
	if (login) tap.same((await fetch(`${world.url}/account`, { headers, redirect: "manual" })).status, 200, `${as} was signed in to the end`);
}

tap.same(await world.end(), "", "the server stops cleanly and complained of nothing");
tap.end();
