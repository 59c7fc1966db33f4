// Single sign-on with a provider that others wrote: Debian's glewlwyd on loopback, set up through its own interface.
// Between the two stands a relay that may bend what glewlwyd gives for a code.
import { execFile, spawn } from "node:child_process";
import { createPrivateKey, sign } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { promisify } from "node:util";

import { visit } from "./provider.mjs";
import { Tap } from "./tap.mjs";
import { World } from "./world.mjs";

const PROGRAM = "/usr/bin/glewlwyd";
const SCHEMA = "/usr/share/dbconfig-common/data/glewlwyd/install/sqlite3";
const SECRET = "an-invented-client-secret-4711";
const PASSWORD = "kettle lantern gravel";
if (![PROGRAM, SCHEMA].every(existsSync)) Tap.skip("glewlwyd is not installed");

const run = promisify(execFile);
const tap = new Tap();
const world = await World.make({ people: 400 });

async function listening(handler) {
	const server = createServer(handler);
	await new Promise((done) => server.listen(0, "127.0.0.1", done));
	return server;
}

// --- the relay ---
let bend = (token) => token;
let port;
const relay = await listening(async (request, response) => {
	const chunks = [];
	for await (const chunk of request) chunks.push(chunk);
	const { host, connection, "content-length": length, ...headers } = request.headers;
	const body = chunks.length > 0 ? Buffer.concat(chunks) : undefined;
	const ask = (path) => fetch(`http://127.0.0.1:${port}${path}`, { method: request.method, headers, redirect: "manual", body });
	let answer = await ask(request.url);
	// Its login page asks whoever is signed in whether to go on as who they are. They press the button.
	const page = new URL(answer.headers.get("location") ?? base, base);
	if (page.pathname === "/login.html") answer = await ask(`${page.searchParams.get("callback_url").slice(base.length)}&g_continue`);
	let text = await answer.text();
	if (answer.ok && request.url.startsWith("/api/oidc/token")) {
		const given = JSON.parse(text);
		text = JSON.stringify({ ...given, id_token: bend(given.id_token) });
	}
	const location = answer.headers.get("location");
	response.writeHead(answer.status, { "Set-Cookie": answer.headers.getSetCookie(), ...(location ? { Location: location } : {}) }).end(text);
});
const base = `http://127.0.0.1:${relay.address().port}`;

// --- the provider: its database, its settings, the program ---
const free = await listening(() => {});
port = free.address().port;
await new Promise((done) => free.close(done));
const database = join(world.folder, "glewlwyd.db");
// Its users get a property that says whether their address is verified.
const property = `json('{"multiple": false, "read": true, "write": true}')`;
const users = `UPDATE g_user_module_instance SET gumi_parameters = json_set(gumi_parameters, '$."data-format".verified', ${property})`;
await run("sqlite3", ["-bail", database, `.read ${SCHEMA}`, users]);
const settings = `
port=${port}
bind_address="127.0.0.1"
external_url="${base}"
login_url="login.html"
api_prefix="api"
static_files_path="/usr/share/glewlwyd/webapp/"
log_mode="file"
log_level="INFO"
log_file="${join(world.folder, "glewlwyd.log")}"
cookie_domain="127.0.0.1"
cookie_secure=0
session_expiration=3600
session_key="GLEWLWYD2_SESSION_ID"
admin_scope="g_admin"
profile_scope="g_profile"
user_module_path="/usr/lib/glewlwyd/user"
user_middleware_module_path="/usr/lib/glewlwyd/user_middleware"
client_module_path="/usr/lib/glewlwyd/client"
user_auth_scheme_module_path="/usr/lib/glewlwyd/scheme"
plugin_module_path="/usr/lib/glewlwyd/plugin"
hash_algorithm="SHA512"
database = { type = "sqlite3"; path = "${database}"; };
`;
writeFileSync(join(world.folder, "glewlwyd.conf"), settings);
const provider = spawn(PROGRAM, [`--config-file=${join(world.folder, "glewlwyd.conf")}`], { stdio: "ignore" });
process.on("exit", () => provider.kill("SIGKILL"));
const ended = new Promise((done) => provider.once("exit", done));
const pem = join(world.folder, "key.pem");
await run("openssl", ["genrsa", "-out", pem, "2048"]);
const { stdout: publicPem } = await run("openssl", ["rsa", "-in", pem, "-pubout"]);

let cookie = "";
async function ask(method, path, body) {
	const answer = await fetch(`${base}/api${path}`, {
		method,
		headers: { "Content-Type": "application/json", Cookie: cookie },
		body: body && JSON.stringify(body),
	});
	cookie = answer.headers.getSetCookie().map((line) => line.split(";")[0])[0] ?? cookie;
	if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
	return answer;
}
for (let i = 0; i < 100; i++) {
	if (await fetch(`http://127.0.0.1:${port}/config`).then(() => true, () => false)) break;
	await new Promise((done) => setTimeout(done, 100));
}

await ask("POST", "/auth/", { username: "admin", password: "password" });
await ask("POST", "/mod/plugin/", {
	module: "oidc", name: "oidc", display_name: "OpenID Connect",
	parameters: {
		iss: `${base}/api/oidc`, "jwt-type": "rsa", "jwt-key-size": "256",
		key: readFileSync(pem, "utf8"), cert: publicPem,
		"access-token-duration": 300, "refresh-token-duration": 300, "code-duration": 60,
		"auth-type-code-enabled": true, "auth-type-token-enabled": false, "auth-type-id-token-enabled": true,
		"auth-type-none-enabled": false, "auth-type-password-enabled": false, "auth-type-client-enabled": false,
		"auth-type-device-enabled": false, "auth-type-refresh-enabled": false,
		"refresh-token-rolling": false, "allow-non-oidc": false, "jwks-show": true,
		"pkce-allowed": true, "pkce-method-plain-allowed": false, "pkce-required": true,
		"subject-type": "public", "email-claim": "mandatory", "name-claim": "no", "scope-claim": "no", "address-claim": { type: "no" },
		"oauth-as-iss-id": true,
		claims: [{ name: "email_verified", "user-property": "verified", type: "boolean", "boolean-value-true": "yes", "boolean-value-false": "no", mandatory: true }],
	},
});
await ask("POST", "/scope/", { name: "email", display_name: "E-mail", password_required: false, scheme: {} });
await ask("POST", "/user/", {
	username: "nova", name: "Nova Example", email: "nova@agency.example", verified: "yes",
	password: PASSWORD, enabled: true, scope: ["openid", "email", "g_profile"],
});
await ask("POST", "/client/", {
	client_id: "byname", name: "byname", enabled: true, confidential: true, client_secret: SECRET, scope: ["openid", "email"],
	redirect_uri: [`${world.url}/sign-in/oidc/back`], authorization_type: ["code"],
	token_endpoint_auth_method: ["client_secret_post", "client_secret_basic"],
});
cookie = "";
await ask("POST", "/auth/", { username: "nova", password: PASSWORD });
await ask("PUT", "/auth/grant/byname", { scope: "openid email" });
const nova = cookie;

// --- byname ---
writeFileSync(join(world.folder, "secret"), SECRET);
await world.byname("setting", "oidc_issuer", `${base}/api/oidc`);
await world.byname("setting", "oidc_client", "byname");
await world.byname("setting", "site_address", world.url);
await world.byname("setting", "oidc_secret", "--file", join(world.folder, "secret"));
await world.byname("user", "add", "--name", "Nova Example", "--role", "specialist", "nova@agency.example");

const why = async () => /why=([\w,.=-]+)/.exec(await world.byname("journal"))?.[1] ?? "";
const way = (options) => visit(world, { there: nova, ...options });
const refused = async (reason, name, options) => {
	const { answer, text } = await way(options);
	tap.same([answer.status, await why()], [403, reason], name);
	tap.ok(text.includes("Signing in did not work this time"), "with one sentence");
};
const again = (change) => (token) => {
	const [header, payload] = token.split(".").map((part, i) => (i < 2 ? JSON.parse(Buffer.from(part, "base64url")) : part));
	return change(header, payload);
};
const base64 = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");

// --- in, with Chromium ---
const page = await world.page(null);
await page.context().addCookies(nova.split("; ").map((pair) => ({ name: pair.split("=")[0], value: pair.slice(pair.indexOf("=") + 1), url: base })));
await page.goto("/sign-in?next=/account");
await page.getByRole("link", { name: "Sign in with your work account" }).click();
await page.getByRole("heading", { name: "Nova Example" }).waitFor();
tap.same(page.url(), `${world.url}/account`, "glewlwyd signs in whoever was invited under their address");
tap.same((await way()).answer.headers.get("location"), "/account", "and once more, without Chromium");

// --- refused ---
await refused("token-nonce", "a token for another nonce", { leave: (to) => (to.searchParams.set("nonce", "another"), to) });
await refused("code", "a code for another challenge", { leave: (to) => (to.searchParams.set("code_challenge", "A".repeat(43)), to) });
bend = again((header, payload) => `${base64({ ...header, alg: "none" })}.${base64(payload)}.`);
await refused("token-algorithm", "an unsigned token");
bend = again((header, payload) => {
	const text = `${base64(header)}.${base64({ ...payload, exp: Math.floor(Date.now() / 1000) - 300 })}`;
	return `${text}.${sign("sha256", text, createPrivateKey(readFileSync(pem))).toString("base64url")}`;
});
await refused("token-expired", "a token that has run out, signed by glewlwyd's own key");
bend = (token) => token.replace(/.$/, (last) => (last === "A" ? "g" : "A"));
await refused("token-signature", "a token with one bit changed");
bend = (token) => token;
const used = await way();
const replay = await fetch(used.back, { redirect: "manual", headers: { Cookie: used.cookie } });
tap.same([used.answer.status, replay.status, await why()], [303, 403, "code"], "a code is good once");

provider.kill("SIGTERM");
await ended;
relay.closeAllConnections();
relay.close();
tap.same(world.faults, [], "no page complains");
tap.same(await world.end(), "", "the server stops without a complaint");
tap.end();
