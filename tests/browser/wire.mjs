// A wire between a browser and the server that can be cut: what is under way breaks off, and nobody
// gets through until it is mended.
import { connect, createServer } from "node:net";

export class Wire {
	#sockets = new Set();
	#server;
	#isCut = false;

	static async to(url) {
		const wire = new Wire();
		const { hostname, port } = new URL(url);
		wire.#server = createServer((near) => {
			if (wire.#isCut) {
				near.destroy();
				return;
			}
			const far = connect(Number(port), hostname);
			for (const socket of [near, far]) {
				wire.#sockets.add(socket);
				socket.on("error", () => socket.destroy());
				socket.on("close", () => wire.#sockets.delete(socket));
			}
			near.on("close", () => far.destroy());
			far.on("close", () => near.destroy());
			near.pipe(far).pipe(near);
		});
		await new Promise((done) => wire.#server.listen(0, "127.0.0.1", done));
		wire.url = `http://127.0.0.1:${wire.#server.address().port}`;
		return wire;
	}

	cut() {
		this.#isCut = true;
		for (const socket of this.#sockets) socket.destroy();
	}

	mend() {
		this.#isCut = false;
	}

	end() {
		this.cut();
		this.#server.close();
	}
}
