// An instance with made-up people, served from a temporary folder, and browsers to look at it with.
//
//     const world = await World.make({ engine: "sqlite", people: 1500 });
//     const page = await world.page("lee");           (a context of its own, signed in)
//     await page.goto("/list");
//     await world.end();
import { execFile, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { chromium } from "playwright-core";
import { Tap } from "./tap.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const byname = process.env.BYNAME ?? join(root, "build", "byname");
const chromiumPath = process.env.BYNAME_CHROMIUM ?? "/usr/bin/chromium";
const CHROMIUM = {
	executablePath: chromiumPath,
	args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
		"--disable-component-update", "--disable-sync"],
};
const PASSWORD = "made-up people only";
export const PATIENCE_MS = 20000;

const run = promisify(execFile);

// What a program prints first; it goes on running.
async function firstLine(child, what) {
	for await (const line of createInterface({ input: child.stdout })) return line;
	throw new Error(`${what} ended without a word`);
}

function ended(child) {
	return new Promise((done) => {
		if (child.exitCode !== null || child.signalCode !== null) done(child.exitCode);
		else child.once("exit", (code) => done(code));
	});
}

// A line of CSV as the generator writes it: quotes are doubled, no line breaks inside.
export function csvCells(line) {
	return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) =>
		quoted === undefined ? plain : quoted.replaceAll('""', '"'),
	);
}

// The day so many days from now where the made-up CoC is (setting time_zone), as 2026-11-21.
export function dayIn(days) {
	return new Intl.DateTimeFormat("sv-SE", { timeZone: "America/Chicago" }).format(Date.now() + days * 86400000);
}

// Agrees on what the person of the open household hears, on the cockpit of `page`.
export async function tellThePerson(page, words = "Dana meets you at the office on Monday.") {
	const form = page.locator("form[id^=tell-form]");
	await form.getByLabel("What the person hears").fill(words);
	await form.getByLabel("Who tells them").selectOption({ index: 1 });
	await form.getByLabel("The safe way to tell").selectOption({ label: "in person" });
	await form.getByRole("button", { name: "Keep" }).click();
	await page.locator("form[id^=tell-form]").getByRole("button", { name: "Change" }).waitFor();
}

export class World {
	#browsers = [];
	#states = new Map();
	log = ""; // of the server
	faults = []; // what the browsers complained about: script errors, broken policy
	agent = "none"; // of the browsers that signed in
	refused = []; // requests that were not answered, or with an error

	static async make({ engine = "sqlite", people = 1500, today = dayIn(0), browsers = true } = {}) {
		if (browsers && !existsSync(chromiumPath)) Tap.skip("there is no Chromium");
		const world = new World();
		world.engine = engine;
		world.folder = mkdtempSync(join(tmpdir(), "byname-browser-"));
		process.on("exit", () => world.#abandon());
		world.options = ["--people", String(people), "--today", today];
		await world.#start();
		return world;
	}

	async #start() {
		await this.export("export");
		this.place = ["--data", join(this.folder, "data")];
		process.env.BYNAME_DATA = join(this.folder, "data"); // what is beside a PostgreSQL database
		if (this.engine === "postgres") {
			this.postgres = spawn(join(root, "tests", "sql", "pg_fixture.sh"), { stdio: ["pipe", "pipe", "inherit"] });
			const url = await firstLine(this.postgres, "PostgreSQL");
			this.place = ["--db", url, "--key", join(this.folder, "byname.key")];
		}
		const { stdout } = await run(byname, ["init", ...this.place, "--demo", join(this.folder, "export")]);
		this.adminPassword = /One-time password.*: (\S+)/.exec(stdout)[1];
		await this.serve();
	}

	// Starts the server: where it was before, the first time on any free port.
	async serve() {
		this.server = spawn(byname, ["serve", ...this.place, "--listen", this.url ? new URL(this.url).host : "127.0.0.1:0"]);
		this.server.stderr.on("data", (text) => (this.log += text));
		this.url = /http:\S+/.exec(await firstLine(this.server, "byname serve"))[0].replace(/\/$/, "");
	}

	// Ends it; what it ended with.
	async stop(signal = "SIGTERM") {
		const { server } = this;
		server.kill(signal);
		const code = await ended(server);
		this.server = undefined;
		return server.signalCode ?? code;
	}

	// Writes an export of this world into `name` and gives its folder.
	async export(name, ...more) {
		const folder = join(this.folder, name);
		await run(byname, ["demo", ...this.options, ...more, folder]);
		return folder;
	}

	async zip(folder) {
		await run("zip", ["-q", "-r", `${folder}.zip`, "."], { cwd: folder });
		return `${folder}.zip`;
	}

	// The rows of one file of an export, as objects.
	rows(file, name = "export") {
		const [head, ...lines] = readFileSync(join(this.folder, name, file), "utf8").trim().split("\n");
		const columns = csvCells(head);
		return lines.map((line) => Object.fromEntries(csvCells(line).map((cell, i) => [columns[i], cell])));
	}

	// What the instance keeps, as bytes by name: a copy of its database and, on SQLite, the files in use.
	async kept() {
		const copy = join(this.folder, "copy.db");
		await this.byname("backup", copy);
		const data = join(this.folder, "data");
		const files = this.engine === "sqlite" ? readdirSync(data).filter((name) => name.startsWith("byname.db")).map((name) => join(data, name)) : [];
		return [copy, ...files].map((file) => [file, readFileSync(file)]);
	}

	async byname(...words) {
		return (await run(byname, [...words, ...this.place])).stdout;
	}

	// Protects a household, given by its code.
	protect(code, why) {
		execFileSync(byname, ["protect", ...this.place, code], { input: `${why}\n` });
	}

	// Loads releases of information: the text of a file.
	async releases(text) {
		const file = join(this.folder, "releases.csv");
		writeFileSync(file, text);
		return this.byname("import", "--releases", file);
	}

	async browser() {
		const made = await chromium.launch(CHROMIUM);
		this.#browsers.push(made);
		return made;
	}

	// A context of `login` in `browser`, or in one that the calls without a browser share.
	async context(login, { browser, ...options } = {}) {
		browser ??= this.#browsers[0] ?? (await this.browser());
		const context = await browser.newContext({
			baseURL: this.url,
			viewport: { width: 1440, height: 1000 },
			reducedMotion: "reduce",
			storageState: login ? await this.state(login) : undefined,
			...options,
		});
		return this.#watched(context, login);
	}

	// A browser with its profile in a folder, and nobody signed in; the test closes it.
	async profile(folder) {
		const context = await chromium.launchPersistentContext(folder, { ...CHROMIUM, baseURL: this.url, reducedMotion: "reduce" });
		return this.#watched(context, "profile");
	}

	#watched(context, login) {
		context.setDefaultTimeout(PATIENCE_MS);
		context.on("weberror", (fault) => this.faults.push(`${login}: ${fault.error().message}`));
		context.on("console", (message) => {
			if (message.type() !== "error") return;
			const list = /^Failed to load resource|: Failed to fetch/.test(message.text()) ? this.refused : this.faults;
			list.push(`${login}: ${message.text()} ${message.location().url}`);
		});
		return context;
	}

	async page(login, options) {
		return (await this.context(login, options)).newPage();
	}

	// The cookies of somebody who is signed in. The administrator chooses a password first.
	async state(login) {
		if (!this.#states.has(login)) {
			const browser = this.#browsers[0] ?? (await this.browser());
			const context = await browser.newContext({ baseURL: this.url });
			const page = await context.newPage();
			page.setDefaultTimeout(PATIENCE_MS);
			await this.signIn(page, login, login === "admin" ? this.adminPassword : PASSWORD);
			if (login === "admin") {
				await page.getByLabel("Old password").fill(this.adminPassword);
				await page.getByLabel("New password", { exact: true }).fill(PASSWORD);
				await page.getByLabel("New password, again").fill(PASSWORD);
				await page.getByRole("button", { name: "Change the password" }).click();
				await page.waitForURL("**/counts");
			}
			this.agent = await page.evaluate(() => navigator.userAgent); // a session goes on where it began
			this.#states.set(login, await context.storageState());
			await context.close();
		}
		return this.#states.get(login);
	}

	async signIn(page, login, password = PASSWORD) {
		await page.goto("/sign-in");
		await page.getByLabel("Sign-in name").fill(login);
		await page.getByLabel("Password").fill(password);
		await page.getByRole("button", { name: "Sign in" }).click();
		await page.getByRole("button", { name: "Sign out" }).waitFor();
	}

	// A test that broke off leaves nothing behind either; PostgreSQL ends with its pipe.
	#abandon() {
		this.server?.kill("SIGKILL");
		rmSync(this.folder, { recursive: true, force: true });
	}

	// Stops everything that was started. Empty where the server stopped as it should and complained of
	// nothing; else what there is to say.
	async end() {
		await Promise.all(this.#browsers.map((browser) => browser.close()));
		const code = this.server ? await this.stop() : 0;
		if (this.postgres) {
			this.postgres.stdin.end();
			await ended(this.postgres);
		}
		rmSync(this.folder, { recursive: true, force: true });
		const complaints = this.log.split("\n").filter((line) => /runtime error|Sanitizer| (error|fatal) /.test(line));
		return [...(code === 0 ? [] : [`exit ${code}`]), ...complaints].join("\n");
	}
}
