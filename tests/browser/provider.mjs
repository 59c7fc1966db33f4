// A small provider of OpenID Connect on loopback, for tests: it signs everybody in at once as `who`, checks what a
// provider has to check (client, secret, PKCE, a code once), and bends its tokens as a test asks.
//
//     const provider = await Provider.make({ client: "byname", secret: "…" });
//     provider.who = { sub: "u-1", email: "dana@agency.example", email_verified: true };
//     provider.bend = ({ header, payload, sign }) => …        (gives the token; null: an honest one)
import { createHash, createHmac, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { createServer } from "node:http";

const base64 = (value) => Buffer.from(typeof value === "string" || Buffer.isBuffer(value) ? value : JSON.stringify(value)).toString("base64url");

export class Provider {
	who = {};
	bend = null;
	error = null; // what it answers instead of a code
	backTo = (address) => address;
	#codes = new Map();
	#key = generateKeyPairSync("rsa", { modulusLength: 2048 });
	#others = generateKeyPairSync("rsa", { modulusLength: 2048 });
	kid = "k1";

	static async make(client) {
		const provider = new Provider();
		provider.client = client;
		provider.server = createServer((request, response) => provider.#answer(request, response));
		await new Promise((done) => provider.server.listen(0, "127.0.0.1", done));
		provider.issuer = `http://127.0.0.1:${provider.server.address().port}/realm`;
		return provider;
	}

	// The key from now on is another one.
	turnKey(kid) {
		this.kid = kid;
		this.#key = generateKeyPairSync("rsa", { modulusLength: 2048 });
	}

	// The whole token, made as it should be of whatever it is given.
	token(header, payload, how = "own") {
		const text = `${base64(header)}.${base64(payload)}`;
		const pem = this.#key.publicKey.export({ type: "spki", format: "pem" });
		const signature = {
			own: () => sign("sha256", text, this.#key.privateKey),
			others: () => sign("sha256", text, this.#others.privateKey),
			hmac: () => createHmac("sha256", pem).update(text).digest(),
			none: () => Buffer.alloc(0),
		}[how]();
		return `${text}.${base64(signature)}`;
	}

	#authorize(query, response) {
		const { redirect_uri: back, state, nonce, code_challenge: challenge } = Object.fromEntries(query);
		const whole = query.get("response_type") === "code" && query.get("code_challenge_method") === "S256" && query.get("client_id") === this.client.id;
		if (!whole || !back || !state || !nonce || !challenge) return response.writeHead(400).end();
		const code = randomBytes(16).toString("hex");
		this.#codes.set(code, { back, nonce, challenge });
		const target = new URL(this.backTo(back));
		for (const [name, value] of Object.entries(this.error ? { error: this.error, state } : { code, state, iss: this.issuer }))
			target.searchParams.set(name, value);
		response.writeHead(302, { Location: target.href }).end();
	}

	#exchange(form, response) {
		const visit = this.#codes.get(form.get("code"));
		this.#codes.delete(form.get("code"));
		const fits = visit && form.get("grant_type") === "authorization_code" && form.get("redirect_uri") === visit.back &&
			form.get("client_id") === this.client.id && form.get("client_secret") === this.client.secret &&
			createHash("sha256").update(form.get("code_verifier") ?? "").digest("base64url") === visit.challenge;
		if (!fits) return response.writeHead(400).end('{"error":"invalid_grant"}');
		const now = Math.floor(Date.now() / 1000);
		const header = { alg: "RS256", kid: this.kid, typ: "JWT" };
		const payload = { iss: this.issuer, aud: this.client.id, exp: now + 300, iat: now, nonce: visit.nonce, ...this.who };
		const token = this.bend ? this.bend({ header, payload }) : this.token(header, payload);
		response.writeHead(200).end(JSON.stringify({ id_token: token, access_token: "unused", token_type: "Bearer" }));
	}

	#answer(request, response) {
		const { pathname, searchParams } = new URL(request.url, this.issuer);
		const give = (value) => response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(value));
		if (pathname === "/realm/.well-known/openid-configuration")
			return give({
				issuer: this.issuer,
				authorization_endpoint: `${this.issuer}/authorize`,
				token_endpoint: `${this.issuer}/token`,
				jwks_uri: `${this.issuer}/keys`,
				token_endpoint_auth_methods_supported: ["client_secret_post"],
			});
		if (pathname === "/realm/keys")
			return give({ keys: [{ ...this.#key.publicKey.export({ format: "jwk" }), kid: this.kid, use: "sig", alg: "RS256" }] });
		if (pathname === "/realm/authorize") return this.#authorize(searchParams, response);
		if (pathname !== "/realm/token") return response.writeHead(404).end();
		let body = "";
		request.on("data", (text) => (body += text));
		request.on("end", () => this.#exchange(new URLSearchParams(body), response));
	}

	end() {
		this.server.closeAllConnections();
		this.server.close();
	}
}

// One person's way from the button to the provider and back, as a browser goes it; `leave` may bend the way there and
// `change` the way back, `there` is their cookie at the provider. Gives the last answer with its text, and the address that was come back to.
export async function visit(world, { next = "/account", leave = (to) => to, there = "", change = (back) => back, cookie } = {}) {
	const away = await fetch(`${world.url}/sign-in/oidc?next=${encodeURIComponent(next)}`, { redirect: "manual" });
	const own = (away.headers.getSetCookie().find((line) => line.includes("-away=")) ?? "").split(";")[0];
	const sent = await fetch(leave(new URL(away.headers.get("location"))), { redirect: "manual", headers: { Cookie: there } });
	const back = change(new URL(sent.headers.get("location")));
	const answer = await fetch(back, { redirect: "manual", headers: { Cookie: cookie ?? own } });
	return { answer, away, back, cookie: own, text: await answer.text() };
}
