// The Test Anything Protocol, as the other tests speak it: one line per check, the reason below it.
export class Tap {
	#number = 0;
	failed = 0;

	#line(good, name, why) {
		if (!good) this.failed++;
		console.log(`${good ? "" : "not "}ok ${++this.#number} - ${name.replaceAll("#", "")}`);
		if (!good && why) for (const line of String(why).split("\n")) console.log(`# ${line}`);
	}

	ok(good, name, why = "") {
		this.#line(Boolean(good), name, why);
		return Boolean(good);
	}

	same(found, expected, name) {
		const [a, b] = [JSON.stringify(found), JSON.stringify(expected)];
		return this.ok(a === b, name, `found ${a}, expected ${b}`);
	}

	// A check that is a piece of a story: it fails with what `act` throws. True where it held.
	async step(name, act) {
		try {
			await act();
			this.#line(true, name);
			return true;
		} catch (error) {
			this.#line(false, name, error.message);
			return false;
		}
	}

	note(text) {
		console.log(`# ${text}`);
	}

	static skip(why) {
		console.log(`1..0 # SKIP ${why}`);
		process.exit(0);
	}

	end() {
		console.log(`1..${this.#number}`);
		process.exitCode = this.failed > 0 ? 1 : 0;
	}
}
