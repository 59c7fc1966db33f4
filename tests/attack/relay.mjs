// Stands between a tool and a site, on loopback: signs every request as somebody, keeps it from what would sign them
// out, and notes what the site answers with a fault of its own.
import { createServer } from "node:http";

export class Relay {
	asked = 0;
	faults = new Set();

	// `headers` go with every request; `leftOut` are beginnings of paths that are not passed on.
	static async open(site, headers = {}, leftOut = []) {
		const relay = new Relay();
		relay.server = createServer((request, answer) => relay.#pass(site, headers, leftOut, request, answer));
		await new Promise((done) => relay.server.listen(0, "127.0.0.1", done));
		relay.url = `http://127.0.0.1:${relay.server.address().port}`;
		return relay;
	}

	async #pass(site, headers, leftOut, request, answer) {
		const chunks = [];
		for await (const chunk of request) chunks.push(chunk);
		const path = request.url.replace(/^https?:\/\/[^/]*/, "");
		if (leftOut.some((start) => path.startsWith(start))) {
			answer.writeHead(404).end();
			return;
		}
		this.asked++;
		const { host, connection, "content-length": length, cookie, origin, "user-agent": agent, ...rest } = request.headers;
		try {
			const got = await fetch(site + path, {
				method: request.method,
				headers: { ...rest, ...headers },
				redirect: "manual",
				body: chunks.length > 0 ? Buffer.concat(chunks) : undefined,
			});
			// A brake that holds is no fault.
			if (got.status >= 500 && got.status !== 503) this.faults.add(`${got.status}: ${request.method} ${path.slice(0, 200)}`);
			const streams = got.headers.get("content-type")?.startsWith("text/event-stream");
			const body = streams ? "" : Buffer.from(await got.arrayBuffer());
			if (streams) await got.body.cancel();
			const kept = [...got.headers].filter(([name]) => !["connection", "content-encoding", "content-length", "keep-alive", "set-cookie", "transfer-encoding"].includes(name));
			answer.writeHead(got.status, Object.fromEntries(kept)).end(body);
		} catch {
			answer.destroy(); // what Node itself does not send, or a site that hung up
		}
	}

	end() {
		this.server.close();
		this.server.closeAllConnections();
	}
}
