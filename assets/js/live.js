// Live pages: the server says what changed, the page fetches the changed parts with its own rights.
//
// One event stream per browser and address. The tab that holds the lock reads it and passes each
// event to the others; when it closes, the next one takes over and asks for what came since.
import { settleFields } from "./save.js";
import { sessionEnded, sessionWorks, tellSessionEnded } from "./session.js";

const RETRY_MS = 3000;
const PATIENCE_MS = 4000;
const AGAIN_MS = 10000;

class Stream {
	constructor(url, after, onEvent, onLost) {
		this.url = url;
		this.last = after;
		this.onEvent = onEvent;
		this.onLost = onLost;
		this.leads = false;
		this.channel = new BroadcastChannel(`byname:${url}`);
		this.channel.onmessage = ({ data }) => this.hear(data);
		this.channel.postMessage({ hello: this.last });
		// Without a lock manager (plain HTTP to another machine) every tab reads for itself.
		if (navigator.locks) navigator.locks.request(`byname:${url}`, () => this.lead());
		else this.lead();
	}

	hear(data) {
		if (data.hello !== undefined) {
			if (this.leads && this.last > data.hello) this.channel.postMessage({ missed: true });
			return;
		}
		if (data.missed) this.onEvent(null);
		if (data.event) this.take(data.event, data.last);
		if (data.lost !== undefined) this.onLost(data.lost);
	}

	take(event, last) {
		this.last = Math.max(this.last, last);
		this.onEvent(event);
	}

	// Holds the lock until the tab closes: the promise never ends.
	lead() {
		this.leads = true;
		this.open();
		return new Promise(() => {});
	}

	open() {
		const url = new URL(this.url, location.href);
		url.searchParams.set("after", this.last);
		const source = new EventSource(url);
		let worry = 0;
		const tell = (lost) => {
			clearTimeout(worry);
			worry = 0;
			this.onLost(lost);
			this.channel.postMessage({ lost });
		};
		source.onopen = () => tell(false);
		source.onmessage = (message) => {
			const last = Number(message.lastEventId) || this.last;
			const event = JSON.parse(message.data);
			this.channel.postMessage({ event, last });
			this.take(event, last);
		};
		source.onerror = () => {
			worry ||= setTimeout(tell, PATIENCE_MS, true);
			if (source.readyState === EventSource.CLOSED) setTimeout(() => this.open(), RETRY_MS);
		};
	}
}

// data-live="step conference:9p3k conference:9p3k/queue": a noun, a topic, or both.
function concerns(element, event) {
	if (event === null) return true;
	return element.dataset.live
		.split(/\s+/)
		.some((word) => word === event.noun || word === event.topic || word === `${event.topic}/${event.noun}`);
}

const underway = new WeakMap(); // element → "again" or "once"

async function refresh(htmx, element) {
	if (!element.isConnected) return;
	if (underway.has(element)) {
		underway.set(element, "again");
		return;
	}
	underway.set(element, "once");
	try {
		const response = await fetch(element.dataset.liveUrl, { headers: { "HX-Request": "true" } });
		if (sessionEnded(response)) tellSessionEnded();
		else if (response.ok) {
			sessionWorks();
			const text = await response.text();
			if (element.isConnected && (await settleFields(element, text)))
				await htmx.swap({ text, target: element, sourceElement: element, swap: "outerMorph" });
		}
	} catch {
		// The network was away for a moment. Where it stays away the stream finds out too.
		setTimeout(refresh, RETRY_MS, htmx, element);
	}
	const again = underway.get(element) === "again";
	underway.delete(element);
	if (again) await refresh(htmx, element);
}

// [data-live-again]: what changes without an event (a release that was withdrawn), or before there is a stream for it.
function lookAgain(htmx) {
	for (const element of document.querySelectorAll("[data-live-again][data-live-url]")) refresh(htmx, element);
}

export function startLive(htmx) {
	setInterval(lookAgain, AGAIN_MS, htmx);
	const { streamUrl, streamAfter } = document.body.dataset;
	if (!streamUrl) return;
	const status = document.getElementById("live-status");
	let lost = false;
	const onEvent = (event) => {
		for (const element of document.querySelectorAll("[data-live][data-live-url]"))
			if (concerns(element, event)) refresh(htmx, element);
		document.dispatchEvent(new CustomEvent("byname:event", { detail: event }));
	};
	const onLost = (now) => {
		if (lost && !now) onEvent(null);
		lost = now;
		if (status) status.textContent = now ? "The connection is lost. Trying again…" : "";
	};
	new Stream(streamUrl, Number(streamAfter) || 0, onEvent, onLost);
}
