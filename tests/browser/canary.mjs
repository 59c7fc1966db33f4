// Who reaches what: every address of the table as every role, and no person where none may be.
//
// The canaries are the people of the generated export: their names, HMIS ids, Social Security numbers
// and birth dates, and the codes and ids of their households. Who may be named to a provider is worked
// out here from the export alone.
//
//     BYNAME=build/byname node tests/browser/canary.mjs TABLES     (the program that prints docs/TABLES.md)
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Tap } from "./tap.mjs";
import { World, dayIn } from "./world.mjs";

const UNKNOWN = "00000000000000000000";
const REGION_ROLES = ["robin", "chris", "sam", "dana", "priya", "kofi", "lee"];
const COUNTING_ROLES = ["pat", "admin", "quinn"];

const tap = new Tap();
const tables = execFileSync(process.argv[2], { encoding: "utf8" });
const routes = [...tables.matchAll(/^\| (GET|POST) \| `(.+)` \| `?(\w+)`? \|$/gm)].map(([, method, path, capability]) => ({
	method,
	path,
	capability,
}));
const holders = new Map([...tables.matchAll(/^\| `(CAN_\w+)` \| \w+ \| (.+?) \|/gm)].map(([, word, roles]) => [word, roles.split(", ")]));
const roleOf = {
	lee: "list-holder", robin: "list-holder", sam: "specialist", chris: "specialist",
	dana: "provider", priya: "provider", kofi: "provider", pat: "lead", admin: "administrator", quinn: "privacy-officer",
};

const world = await World.make({ people: 1500 });

// Asks as somebody, without a browser: what comes back, redirects not followed.
class Visitor {
	static async as(login) {
		const visitor = new Visitor();
		visitor.login = login;
		visitor.cookies = "";
		if (login) {
			const { cookies } = await world.state(login);
			visitor.cookies = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
			visitor.csrf = /data-csrf="([^"]+)"/.exec((await visitor.ask("GET", "/account")).body)[1];
		}
		return visitor;
	}

	// The address that takes files wants another kind of form.
	#words(path, form) {
		const words = path === "/import" || path.endsWith("/file") ? new FormData() : new URLSearchParams();
		for (const [name, value] of Object.entries({ csrf: this.csrf ?? "", ...form })) words.append(name, value);
		return words;
	}

	async ask(method, path, form) {
		const stop = new AbortController();
		const words = {
			method,
			redirect: "manual",
			signal: stop.signal,
			headers: { Cookie: this.cookies, "User-Agent": world.agent, ...(method === "POST" ? { Origin: world.url } : {}) },
			body: method === "POST" ? this.#words(path, form) : undefined,
		};
		// A connection that the server has just given up, as it may between two requests, is no answer.
		const again = (fault) => (fault.cause?.code === "UND_ERR_SOCKET" ? fetch(world.url + path, words) : Promise.reject(fault));
		const response = await fetch(world.url + path, words).catch(again).catch((fault) => {
			throw new Error(`${method} ${path} is not answered; the server said: ${world.log}`, { cause: fault });
		});
		const type = response.headers.get("content-type") ?? "";
		const streams = type.startsWith("text/event-stream");
		const body = streams ? "" : await response.text();
		if (streams) stop.abort();
		const headers = [...response.headers].map((pair) => pair.join(": ")).join("\n");
		return { status: response.status, body, headers, type };
	}
}

const may = (login, capability) => capability === "public" || Boolean(holders.get(capability)?.includes(roleOf[login]));
// A page without what differs from one request to the next.
const plain = ({ status, body }) => `${status} ${body.replace(/[A-Za-z0-9_-]{32,}/g, "…")}`;

// --- what must not be seen ---
const clients = world.rows("Client.csv").filter((client) => client.DateDeleted === "");
const households = JSON.parse(await world.byname("list", "--format", "json"));
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const spokenDay = (iso) => `${Number(iso.slice(8))} ${months[Number(iso.slice(5, 7)) - 1]} ${iso.slice(0, 4)}`;
const codes = new Set(households.flatMap(({ code, household_id }) => [code, household_id]));
const canaries = new Set();
for (const { PersonalID, LastName, SSN, DOB } of clients) {
	for (const word of [PersonalID, LastName, SSN, DOB]) if (word.length > 4) canaries.add(word);
	if (DOB) canaries.add(spokenDay(DOB));
}
for (const code of codes) canaries.add(code);
const watch = [...canaries];
// Who is seen in an answer; what the question itself named does not count.
const sung = ({ body, headers }, asked) => watch.filter((word) => (body + headers).includes(word) && !asked.includes(word));

// --- a meeting under way, with names in its free text ---
const lee = await world.page("lee");
await lee.goto("/conferences");
await lee.getByRole("button", { name: "Start the cycle" }).click();
await lee.getByRole("link", { name: "Plan a conference" }).click();
await lee.getByLabel("Facilitator").selectOption({ index: 1 });
const people = await lee.getByLabel("Facilitator").locator("option").allTextContents();
await lee.getByLabel("Facilitator").selectOption({ index: people.findIndex((name) => name.startsWith("Lee")) });
await lee.getByLabel("Scribe").selectOption({ index: people.findIndex((name) => name.startsWith("Sam")) });
await lee.getByRole("button", { name: "Plan it" }).click();
await lee.getByRole("button", { name: "Check in", exact: true }).click();
await lee.getByRole("button", { name: "Start the conference" }).click();
await lee.getByRole("button", { name: "Next household" }).click();
const named = (await lee.locator("#household-name").textContent()).trim();
await lee.getByLabel("Action step").fill(`Drive ${named} to the office`);
await lee.getByRole("button", { name: "Record" }).click();
const record = lee.locator("#household [id^=step-]:not([id*=words]):not([id*=form]):not([id*=owner]):not([id*=due])").first();
await record.waitFor();
const conference = new URL(lee.url()).pathname.split("/")[2];
const known = {
	":id": conference,
	":card": (await lee.locator("[id^=step-form-]").getAttribute("id")).slice("step-form-".length),
	":step": (await record.getAttribute("id")).slice("step-".length),
	":conflict": UNKNOWN,
	":flag": "disability",
};
const household = households.find(({ rank, region }) => rank === 1 && region === "Region 4").household_id;
await lee.close();

const fill = (path, ids) => path.replace(/:\w+/g, (name) => ids(name));
const knownPath = (path) => fill(path, (name) => (path.startsWith("/household") ? household : known[name]));
const unknownPath = (path) => fill(path, () => UNKNOWN);

tap.ok(routes.length > 30 && holders.size > 8, "the table of addresses is there", `${routes.length} routes`);
tap.ok(watch.length > 3000, "there are canaries");

// --- every address as every role ---
const nobody = await Visitor.as(null);
{
	const wrong = [];
	for (const { method, path, capability } of routes) {
		if (capability === "public") continue;
		const target = knownPath(path);
		const answer = await nobody.ask(method, target);
		if (![401, 403].includes(answer.status) || sung(answer, target).length > 0)
			wrong.push(`${method} ${path}: ${answer.status}`);
	}
	tap.same(wrong, [], "without a session no address answers");
}
for (const login of [...COUNTING_ROLES, ...REGION_ROLES]) {
	const visitor = await Visitor.as(login);
	const wrong = [];
	const songs = [];
	for (const { method, path, capability } of routes) {
		if (path === "/sign-out" || capability === "public") continue;
		const allowed = may(login, capability);
		// What is allowed and changes something is not sent here but with ids that do not exist.
		const target = allowed && method === "POST" ? unknownPath(path) : knownPath(path);
		const answer = await visitor.ask(method, target);
		if (!allowed && answer.status !== 403) wrong.push(`${method} ${path}: ${answer.status}, not 403`);
		if (!allowed && plain(answer) !== plain(await visitor.ask(method, unknownPath(path))))
			wrong.push(`${method} ${path}: what exists looks different`);
		if (answer.status >= 500) wrong.push(`${method} ${path}: ${answer.status}`);
		// The journal says of whom by code, and of nobody by name.
		const bearable = (word) => allowed && path.startsWith("/journal") && codes.has(word);
		const heard = sung(answer, target).filter((word) => !bearable(word));
		if (COUNTING_ROLES.includes(login) || !allowed) songs.push(...heard.map((word) => `${method} ${path}: ${word}`));
	}
	tap.same(wrong, [], `${login} is refused what the role may not open, known or not`);
	tap.same(songs, [], `${login} finds nobody behind what is refused${COUNTING_ROLES.includes(login) ? ", nor anywhere" : ""}`);
}

// --- a meeting of another region, and one not yet entered ---
for (const login of ["robin", "kofi"]) {
	const visitor = await Visitor.as(login);
	const songs = [];
	const streams = [];
	for (const { method, path } of routes.filter(({ path }) => path.startsWith("/conference/"))) {
		if (method !== "GET") continue;
		const target = knownPath(path);
		const answer = await visitor.ask("GET", target);
		if (answer.type.startsWith("text/event-stream")) streams.push(path);
		songs.push(...sung(answer, target).map((word) => `${path}: ${word}`));
		if (login === "robin" && plain(answer) !== plain(await visitor.ask("GET", unknownPath(path)))) songs.push(`${path}: looks different`);
	}
	tap.same(songs, [], `${login} sees nobody of a meeting that ${login === "robin" ? "is another region's" : "was not entered"}`);
	tap.same(streams, [], `${login} hears nothing of it`);
	const posts = [];
	for (const { method, path } of routes.filter((route) => route.method === "POST" && /^\/conference\/.*(card|step|next|close|start)/.test(route.path))) {
		const answer = path.endsWith("/told") ? "told" : "done";
		const { status } = await visitor.ask(method, knownPath(path), { on: "funding", answer, way: "phone", day: "2030-01-04", words: "x", until: "2030-01-04", reason: "x", note: "x", opening: "x" });
		if (![403, 404].includes(status)) posts.push(`${path}: ${status}`);
	}
	tap.same(posts, [], `${login} changes nothing in it`);
}

// --- names only of households that the agency serves ---
const deleted = ({ DateDeleted }) => DateDeleted !== "";
const handoverDays = Number(/^\| `handover_days` \| (\d+) \|/m.exec(tables)[1]);
const lately = dayIn(-handoverDays);
const exited = new Set(world.rows("Exit.csv").filter((row) => !deleted(row) && row.ExitDate < lately).map(({ EnrollmentID }) => EnrollmentID));
const enrollments = world.rows("Enrollment.csv").filter((row) => !deleted(row));
const organizations = world.rows("Organization.csv");
const nameOf = new Map(clients.map((client) => [client.PersonalID, `${client.FirstName} ${client.LastName}`]));

function namesServedBy(agency) {
	const { OrganizationID } = organizations.find(({ OrganizationName }) => OrganizationName === agency);
	const projects = new Set(world.rows("Project.csv").filter((row) => row.OrganizationID === OrganizationID).map(({ ProjectID }) => ProjectID));
	const open = enrollments.filter(({ ProjectID, EnrollmentID }) => projects.has(ProjectID) && !exited.has(EnrollmentID));
	const served = new Set(open.map(({ PersonalID }) => PersonalID));
	// Whoever ever shared a household with them may be a member of theirs.
	const shared = new Set(enrollments.filter(({ PersonalID }) => served.has(PersonalID)).map(({ HouseholdID }) => HouseholdID));
	return new Set(enrollments.filter(({ HouseholdID }) => shared.has(HouseholdID)).map(({ PersonalID }) => nameOf.get(PersonalID)));
}

const everyName = new Set(nameOf.values());
// A row's link: the whole name is read aloud where the cell shows the first one; else it is a code.
const cell = /<th scope="row"[^>]*><a [^>]*?(?:aria-label="([^"]+)")?>([^<]+)<\/a>/g;
// A referral is work with a household too: whose the agency has is in the list holder's queue.
const queue = (await (await Visitor.as("lee")).ask("GET", "/referrals")).body;
const referred = [...queue.matchAll(/<a href="\/referrals\/[^"]+"><b>([^<]+)<\/b><\/a><br><small>([^<]+)<br>since/g)];
tap.ok(referred.length > 1, "referrals are under way", `${referred.length}`);
for (const login of ["dana", "priya", "kofi"]) {
	const visitor = await Visitor.as(login);
	const account = (await visitor.ask("GET", "/account")).body;
	const agency = /· Provider · ([^<]+)<\/span>/.exec(account)[1].replaceAll("&amp;", "&").replaceAll("&#39;", "'");
	const served = namesServedBy(agency);
	for (const [, name, where] of referred) if (where.includes(` · ${agency} · `)) served.add(name);
	const strangers = [];
	let [shown, coded] = [0, 0];
	const [select] = /<select[^>]* name="region"[^]*?<\/select>/.exec((await visitor.ask("GET", "/list")).body);
	const regions = [...select.matchAll(/<option value="([^"]+)"/g)].map(([, id]) => id);
	for (const region of regions)
		for (const lane of ["active", "reconnect", "housed", "ended"]) {
			for (let next = `/list?region=${region}&lane=${lane}`; next; ) {
				const { body } = await visitor.ask("GET", next);
				for (const [, name, text] of body.matchAll(cell)) {
					const head = (name ?? text).replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&amp;", "&");
					if (head.startsWith("Household ")) coded++;
					else if (served.has(head)) shown++;
					else if (everyName.has(head)) strangers.push(`${lane}: ${head}`);
				}
				next = /rel="next" href="([^"]+)"/.exec(body)?.[1].replaceAll("&amp;", "&");
			}
		}
	tap.same(strangers, [], `${login} reads only names of households that ${agency} serves`);
	tap.ok(shown > 0 && coded > 100, `${login} reads some names and many codes`, `${shown} names, ${coded} codes`);

	const stranger = clients.find((client) => !served.has(nameOf.get(client.PersonalID)) && households.some(({ personal_id }) => personal_id === client.PersonalID));
	for (const words of [stranger.LastName, stranger.PersonalID]) {
		const { body } = await visitor.ask("GET", `/list?find=${encodeURIComponent(words)}`);
		const found = [...body.matchAll(cell)].map(([, head]) => head).filter((head) => !served.has(head));
		tap.same(found, [], `${login} learns nothing from looking for ${words === stranger.LastName ? "a name" : "an HMIS id"} of somebody else`);
	}
}

// --- free text names nobody to who reads codes ---
{
	const dana = await Visitor.as("dana");
	await dana.ask("POST", `/conference/${conference}/in`);
	const page = (await dana.ask("GET", `/conference/${conference}`)).body;
	const isNamed = page.includes(`id="household-name">${named}`);
	tap.ok(page.includes("to the office") && (isNamed || !page.includes(named.split(" ").at(-1))), "a step is read without the name by who reads the code");
}

// --- a fact under a law of its own is its agency's, and its silence says nothing ---
{
	const fact = "Kestrelfact";
	const dana = await Visitor.as("dana");
	const ids = [...(await dana.ask("GET", "/list")).body.matchAll(/<th scope="row"[^>]*><a [^>]*chosen=(\w+)/g)].map(([, id]) => id);
	let own = "";
	for (const id of ids) {
		own = `/household/${id}`;
		if ((await dana.ask("GET", `${own}/laws`)).body.includes('name="words"')) break;
	}
	const agencyOf = async (visitor) => /· ([^·<]+)<\/span>/.exec((await visitor.ask("GET", "/account")).body)?.[1];
	const agency = await agencyOf(dana);
	const visitors = [];
	for (const login of [...REGION_ROLES, ...COUNTING_ROLES]) {
		const visitor = await Visitor.as(login);
		if ((await agencyOf(visitor)) !== agency) visitors.push(visitor); // colleagues read it
	}
	const laws = async () => Promise.all(visitors.map(async (visitor) => plain(await visitor.ask("GET", `${own}/laws`))));
	const before = await laws();
	const { status } = await dana.ask("POST", `${own}/laws`, { member: "0", law: "part2", words: `${fact}: goes to the example clinic` });
	tap.ok(status === 303 && (await dana.ask("GET", `${own}/laws`)).body.includes(fact), "an agency reads the fact that it wrote down", `${status}`);
	const others = [];
	for (const visitor of [dana, ...visitors])
		for (const { method, path } of routes) {
			if (method !== "GET" || (visitor === dana && path === "/household/:id/laws")) continue;
			const target = path.startsWith("/household/:id") ? own + path.slice("/household/:id".length) : knownPath(path);
			const { body, headers } = await visitor.ask("GET", target);
			if ((body + headers).includes(fact)) others.push(`${visitor.login}: ${path}`);
		}
	tap.same(others, [], "nobody else reads it, and it stands on no other page");
	tap.ok(visitors.length > 6, "there are others", `${visitors.length}`);
	tap.same(await laws(), before, "what others are told is the same with the fact as without it");
}

// --- whom a protected household's pages tell to those who do not serve it: neither who it is nor who serves it ---
{
	const agencyOf = new Map(world.rows("Project.csv").map(({ ProjectID, OrganizationID }) => [ProjectID, organizations.find((row) => row.OrganizationID === OrganizationID).OrganizationName]));
	const staysOf = (personal) => {
		const together = new Set(enrollments.filter(({ PersonalID }) => PersonalID === personal).map(({ HouseholdID }) => HouseholdID));
		return enrollments.filter(({ HouseholdID }) => together.has(HouseholdID));
	};
	const visitors = [];
	for (const login of REGION_ROLES) {
		const visitor = await Visitor.as(login);
		visitor.agency = /· ([^·<]+)<\/span>/.exec((await visitor.ask("GET", "/account")).body)[1].replaceAll("&amp;", "&").replaceAll("&#39;", "'");
		visitors.push(visitor);
	}
	const strangers = ({ personal_id }) => visitors.filter(({ agency }) => !staysOf(personal_id).some(({ ProjectID }) => agencyOf.get(ProjectID) === agency));
	const able = households.filter(({ region, personal_id }) => region === "Region 4" && personal_id && staysOf(personal_id).length > 1);
	const chosen = able.sort((a, b) => strangers(b).length - strangers(a).length)[0];
	const stays = staysOf(chosen.personal_id);
	const people = new Set(stays.map(({ PersonalID }) => PersonalID));
	const told = [...stays.map(({ ProjectID }) => agencyOf.get(ProjectID)), ...clients.filter(({ PersonalID }) => people.has(PersonalID)).flatMap(({ LastName, PersonalID }) => [LastName, PersonalID])].filter((word) => word.length > 3);
	const pages = routes.filter(({ method, path }) => method === "GET" && path.startsWith("/household/:id")).map(({ path }) => fill(path, (name) => (name === ":id" ? chosen.household_id : UNKNOWN)));
	pages.push(`/list?chosen=${chosen.household_id}`, `/list?find=${encodeURIComponent(chosen.code)}`, "/flags", "/mine", "/openings");
	const heard = async () => {
		const found = [];
		for (const visitor of strangers(chosen))
			for (const page of pages) {
				// What a form offers to choose from is the same for every household.
				const body = (await visitor.ask("GET", page)).body.replace(/<option[^]*?<\/option>/g, "");
				found.push(...told.filter((word) => body.includes(word)).map((word) => `${visitor.login} ${page}: ${word}`));
			}
		return found;
	};
	tap.ok((await heard()).length > 5 && strangers(chosen).length > 2, "pages of a household tell who it is and who serves it", `${strangers(chosen).length} visitors`);
	world.protect(chosen.code, "in danger");
	tap.same(await heard(), [], "once it is protected, none of them does, to whoever does not serve it");
}

// --- releases: who agreed to less is never shown more, and loses nothing but the name ---
{
	const visitor = await Visitor.as("lee");
	const agency = /· List holder · ([^<]+)<\/span>/.exec((await visitor.ask("GET", "/account")).body)[1];
	const other = organizations.find(({ OrganizationName, VictimServiceProvider }) => OrganizationName !== agency && VictimServiceProvider !== "1").OrganizationName;
	const served = namesServedBy(agency);
	const text = async (path) => (await visitor.ask("GET", path)).body;
	const order = (body) => [...body.matchAll(/<th scope="row"[^>]*><a [^>]*chosen=(\w+)/g)].map(([, id]) => id);
	const list = await text("/list");
	const once = (client) => clients.filter(({ LastName }) => LastName === client.LastName).length === 1;
	const byId = new Map(clients.map((client) => [client.PersonalID, client]));
	// Somebody whom the list holder reads by name because of a release alone.
	const row = households.find(({ personal_id, household_id }) => {
		const client = byId.get(personal_id);
		return client && order(list).includes(household_id) && list.includes(client.LastName) && once(client) && !served.has(nameOf.get(personal_id));
	});
	const client = byId.get(row.personal_id);
	const pages = ["/list", `/household/${row.household_id}`, `/household/${row.household_id}/standing`, `/list?chosen=${row.household_id}`, `/conference/${conference}`];
	const place = /<dt>Place<\/dt><dd>([^<]+)|([^<]*of \d+)/;
	const look = async () => {
		const bodies = await Promise.all(pages.map(text));
		return {
			seen: [client.LastName, client.PersonalID, spokenDay(client.DOB || "1900-01-01")].filter((word) => bodies.some((body) => body.includes(word))),
			kept: [order(bodies[0]).join(), place.exec(bodies[1])?.[0], (bodies[4].match(/card=/g) ?? []).length].join(" | "),
		};
	};
	const states = [
		["released to all", `${dayIn(300)},coc,,given,`, true],
		["released to the region", `${dayIn(300)},region,,given,`, true],
		["released by name", `${dayIn(300)},named,${agency},given,`, true],
		["released to another", `${dayIn(300)},named,${other},given,`, false],
		["lapsed", `${dayIn(-1)},coc,,given,`, false],
		["refused", `,,,refused,`, false],
		["withdrawn", `${dayIn(300)},coc,,withdrawn,${dayIn(0)}`, false],
	];
	let [widest, before] = [null, null];
	for (const [what, says, named] of states) {
		const file = join(world.folder, "releases.csv");
		writeFileSync(file, `personal_id,form,signed,until,scope,agencies,decision,withdrawn\n${client.PersonalID},Example release of information,${dayIn(-30)},${says}\n`);
		const said = await world.byname("import", "--releases", file);
		const now = await look();
		widest ??= now.seen;
		before ??= now.kept;
		tap.ok(said.includes("0 rows set aside") && now.seen.includes(client.LastName) === named && (named || now.seen.length === 0), `${what}: ${named ? "named" : "a code"}`, `${said} ${now.seen}`);
		tap.same(now.seen.filter((word) => !widest.includes(word)), [], `${what}: no more is shown than to who was released to`);
		tap.same(now.kept, before, `${what}: the same place, the same seat`);
	}

	// Without a signature or a memorandum the list is closed, and a meeting names nobody.
	const closed = async (what) => {
		const answers = await Promise.all(pages.slice(0, 4).map((path) => visitor.ask("GET", path)));
		tap.ok(answers.every(({ status }) => status === 403), `${what}: the list is closed`, answers.map(({ status }) => status).join());
		const meeting = await text(`/conference/${conference}`);
		const names = clients.filter(({ FirstName, LastName }) => LastName && meeting.includes(`${FirstName} ${LastName}`));
		tap.same([...answers.flatMap((answer) => sung(answer, "")), ...names.map(({ PersonalID }) => PersonalID)], [], `${what}: nobody is named`);
	};
	await world.byname("agreement", "end", "lee");
	await closed("unsigned");
	await world.byname("agreement", "sign", "lee");
	for (const line of (await world.byname("mou", "list")).split("\n").filter((memorandum) => memorandum.split("\t")[1] === agency))
		if (line.includes("\tin force\t")) await world.byname("mou", "end", line.split("\t")[0]);
	await closed("without a memorandum");
}

tap.same(await world.end(), "", "the server stops cleanly and complained of nothing");
tap.end();
