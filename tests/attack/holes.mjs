// A site with a hole of each kind that the tools of attack.mjs must find, on loopback.
import { execFile } from "node:child_process";
import { createServer } from "node:http";

export class Holes {
	static async open() {
		const holes = new Holes();
		holes.server = createServer((request, answer) => holes.#answer(new URL(request.url, "http://127.0.0.1"), answer));
		await new Promise((done) => holes.server.listen(0, "127.0.0.1", done));
		holes.url = `http://127.0.0.1:${holes.server.address().port}`;
		return holes;
	}

	#answer({ searchParams }, answer) {
		const id = (searchParams.get("id") ?? "1").replaceAll("\0", ""); // no argument of a program holds one
		const statement = `SELECT 'a row' WHERE 1 = ${id}`;
		execFile("sqlite3", [":memory:", statement], (fault, rows) => {
			answer.setHeader("Content-Type", "text/html; charset=utf-8");
			answer.end(`<!doctype html><title>Holes</title><p>${fault ? "SQLite error: near: syntax error" : rows}</p>
				<p>You looked for ${searchParams.get("q") ?? ""}</p><a href="/?id=1">one</a><form action="/"><input name="q" value="x"></form>`);
		});
	}

	end() {
		this.server.close();
	}
}
