// A device in a meeting without a browser: the pages as text, an event stream, parts that are fetched again when an
// event concerns them, as assets/js/live.js does it; and a line that loses requests.
import { setTimeout as pause } from "node:timers/promises";
import { attribute, fields } from "./forms.mjs";

const SOON_MS = 150;
const ID = "0123456789abcdefghjkmnpqrstvwxyz";

// Chance that can be had again: mulberry32.
export function dice(seed) {
	let state = seed >>> 0;
	const next = () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let t = state;
		t = Math.imul(t ^ (t >>> 15), t | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
	return {
		next,
		below: (n) => Math.floor(next() * n),
		of: (list) => list[Math.floor(next() * list.length)],
		id: () => Array.from({ length: 20 }, () => ID[Math.floor(next() * 32)]).join(""),
	};
}

export class Device {
	#url;
	#dice;
	#cookies = new Map();
	#underway = new Map();
	#stream;
	parts = new Map(); // id → { live, url, html }
	last = 0; // id of the newest event
	losses = { before: 0, after: 0, between: 0, stream: 0 };
	isLossy = false;

	constructor(url, login, seed) {
		this.#url = url;
		this.login = login;
		this.#dice = dice(seed);
		this.id = this.#dice.id();
	}

	async #fetch(method, path, form, signal, more = {}) {
		const response = await fetch(this.#url + path, {
			method,
			redirect: "manual",
			signal,
			headers: {
				Cookie: [...this.#cookies].map((pair) => pair.join("=")).join("; "),
				...(method === "POST" ? { Origin: this.#url } : {}),
				...more,
			},
			body: form,
		});
		for (const cookie of response.headers.getSetCookie()) {
			const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
			this.#cookies.set(name, value);
		}
		return response;
	}

	// A page, after its redirects.
	async page(path, form) {
		const response = await this.#fetch(form ? "POST" : "GET", path, form);
		const to = response.headers.get("location");
		if (to) return this.page(to.replace(this.#url, ""));
		return { path, status: response.status, text: await response.text() };
	}

	// Fills in the form with that action on a page, and sends it.
	async submit(path, action, own) {
		const { text } = await this.page(path);
		return this.page(action, fields(text, action, own));
	}

	async signIn(password) {
		const { path, text } = await this.submit("/sign-in", "/sign-in", { login: this.login, password });
		if (path === "/sign-in") throw new Error(`${this.login} is not let in: ${/alert__text">([^<]*)/.exec(text)?.[1]}`);
	}

	// One try on a line that may be lossy: some requests are lost on their way, some are broken off, of some the answer is
	// lost. Nobody knows then whether the server has done it.
	async #tried(path, body) {
		const fate = this.isLossy ? ["before", "between", "after"][this.#dice.below(15)] : undefined;
		if (fate) this.losses[fate]++;
		if (fate === "before") throw new Error("lost on its way");
		const signal = fate === "between" ? AbortSignal.timeout(this.#dice.below(40)) : undefined;
		const response = await this.#fetch("POST", path, body, signal, { "HX-Request": "true", Accept: "application/json, text/html" });
		const text = await response.text();
		if (fate) throw new Error("its answer is lost");
		if (response.status >= 500) throw new Error(`${path}: ${response.status}`);
		return { status: response.status, text };
	}

	// Sends until there is an answer.
	async send(path, form) {
		const body = new URLSearchParams({ ...form, csrf: this.csrf });
		for (;;) {
			try {
				return await this.#tried(path, body);
			} catch {
				await pause(SOON_MS * (0.5 + this.#dice.next()));
			}
		}
	}

	// --- live parts ---

	// Opens the page and follows those of its parts.
	async join(path, shown) {
		const { text } = await this.page(path);
		const body = /<body[^>]*>/.exec(text)[0];
		this.csrf = attribute(body, "data-csrf");
		this.#stream = attribute(body, "data-stream-url");
		this.last = Number(attribute(body, "data-stream-after"));
		if (!this.#stream) throw new Error(`${this.login} stands at the door: ${/<b>([^<]*)/.exec(text)?.[1]}`);
		for (const [tag] of text.matchAll(/<[a-z]+\b[^>]*data-live-url="[^"]*"[^>]*>/g))
			if (shown.includes(attribute(tag, "id"))) this.#keep(attribute(tag, "id"), tag, text);
		await Promise.all([...this.parts.keys()].map((id) => this.#refresh(id)));
		this.#listening = this.#listen();
	}

	#listening;

	#keep(id, tag, html) {
		const part = { live: attribute(tag, "data-live").split(/\s+/), url: attribute(tag, "data-live-url"), html };
		this.parts.set(id, part);
	}

	static #concerns(part, event) {
		return part.live.some((word) => word === event.noun || word === event.topic || word === `${event.topic}/${event.noun}`);
	}

	// A part of the page as the server would send it now.
	async look(url) {
		for (;;) {
			try {
				const response = await this.#fetch("GET", url, undefined, undefined, { "HX-Request": "true" });
				if (response.status < 500) return { status: response.status, text: await response.text() };
			} catch {
				// the server is away
			}
			await pause(SOON_MS);
		}
	}

	async #refresh(id) {
		if (this.#underway.has(id)) {
			this.#underway.set(id, "again");
			return;
		}
		do {
			this.#underway.set(id, "once");
			const { status, text } = await this.look(this.parts.get(id).url);
			if (status === 200) this.#keep(id, /<[a-z]+\b[^>]*data-live-url="[^"]*"[^>]*>/.exec(text)?.[0] ?? "", text);
			else this.refused = `${id}: ${status}`;
		} while (this.#underway.get(id) === "again");
		this.#underway.delete(id);
	}

	#take(message) {
		const data = /^data: (.*)$/m.exec(message);
		if (!data) return;
		const event = JSON.parse(data[1]);
		const id = /^id: (\d+)$/m.exec(message);
		for (const [name, part] of this.parts) if (Device.#concerns(part, event)) this.#refresh(name);
		if (id) this.last = Math.max(this.last, Number(id[1]));
	}

	// As an EventSource does it: what comes is told, what breaks is opened again with the last id.
	async #listen() {
		while (!this.isLeaving) {
			this.stop = new AbortController();
			try {
				const response = await this.#fetch("GET", `${this.#stream}?after=${this.last}`, undefined, this.stop.signal, {
					"Last-Event-ID": String(this.last),
				});
				if (response.status !== 200) throw new Error(`the stream says ${response.status}`);
				this.isListening = true;
				let rest = "";
				const decoder = new TextDecoder();
				for await (const chunk of response.body) {
					const messages = (rest + decoder.decode(chunk, { stream: true })).split("\n\n");
					rest = messages.pop();
					messages.forEach((message) => this.#take(message));
				}
			} catch {
				// cut, or the server is away
			}
			this.isListening = false;
			if (!this.isLeaving) await pause(SOON_MS);
		}
	}

	cut() {
		this.losses.stream++;
		this.stop?.abort();
	}

	get isQuiet() {
		return this.#underway.size === 0 && this.isListening;
	}

	async leave() {
		this.isLeaving = true;
		this.stop?.abort();
		await this.#listening;
	}
}
