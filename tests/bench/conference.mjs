// Makes a case conference as a person does, by the forms of the pages, and prints its path and the
// page's csrf token.
//
//     node conference.mjs URL COOKIE_FILE
import { readFileSync } from 'node:fs';

const [url, cookieFile] = process.argv.slice(2);
const headers = { cookie: readFileSync(cookieFile, 'utf8').trim(), origin: url };

async function page(path, body) {
	const reply = await fetch(url + path, { method: body ? 'POST' : 'GET', body, headers, redirect: 'manual' });
	const to = reply.headers.get('location');
	return to ? page(to.replace(url, '')) : { path, status: reply.status, text: await reply.text() };
}

const attribute = (tag, name) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1];
const plain = (s) => s.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&amp;', '&');

// The form with that action, as it would be sent untouched, with some values of our own.
function fields(text, action, own) {
	const form = text.split('<form').slice(1).map((f) => f.split('</form>')[0]).find((f) => f.includes(`action="${action}"`));
	if (!form)
		throw new Error(`no form for ${action}: ${/<title>(.*?)<\/title>/.exec(text)?.[1]}`);
	const out = new URLSearchParams();
	for (const [tag] of form.matchAll(/<input\b[^>]*>/g)) {
		const off = /type="(checkbox|radio)"/.test(tag) && !/\bchecked\b/.test(tag);
		if (!off && attribute(tag, 'name'))
			out.append(attribute(tag, 'name'), plain(attribute(tag, 'value') ?? ''));
	}
	for (const [, name, options] of form.matchAll(/<select\b[^>]*name="([^"]*)"[^>]*>([\s\S]*?)<\/select>/g)) {
		const all = [...options.matchAll(/<option\b[^>]*>/g)].map((m) => m[0]);
		const filled = all.filter((o) => attribute(o, 'value'));
		const chosen = filled.find((o) => /\bselected\b/.test(o)) ?? filled[0];
		if (chosen)
			out.append(name, plain(attribute(chosen, 'value') ?? ''));
	}
	for (const [, name, value] of form.matchAll(/<textarea\b[^>]*name="([^"]*)"[^>]*>([\s\S]*?)<\/textarea>/g))
		out.append(name, plain(value));
	for (const [name, value] of Object.entries(own))
		out.set(name, value);
	return out;
}

const cycle = await page('/conferences');
const started = await page('/conferences/start', fields(cycle.text, '/conferences/start', { what: 'start' }));
const link = /href="(\/conferences\/plan[^"]*)"/.exec(started.text)?.[1];
if (!link)
	throw new Error(`a started cycle offers no conference: ${started.status}`);
const plan = await page(plain(link));
const made = await page('/conferences/plan', fields(plan.text, '/conferences/plan', {}));
const conference = /\/conference\/[0-9a-z]{20}/.exec(made.path)?.[0] ?? /\/conference\/[0-9a-z]{20}/.exec(made.text)?.[0];
if (!conference)
	throw new Error(`no conference was planned: ${made.status} ${/usa-alert__text">(.*?)</.exec(made.text)?.[1] ?? ''}`);
const shown = await page(conference);
const csrf = /name="csrf" value="([^"]*)"/.exec(shown.text)?.[1];
console.log(conference, csrf);
