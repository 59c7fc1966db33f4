// Makes a case conference as a person does, by the forms of the pages, and prints its path and the
// page's csrf token.
//
//     node conference.mjs URL COOKIE_FILE
import { readFileSync } from 'node:fs';
import { fields, plain } from '../browser/forms.mjs';

const [url, cookieFile] = process.argv.slice(2);
const headers = { cookie: readFileSync(cookieFile, 'utf8').trim(), origin: url };

async function page(path, body) {
	const reply = await fetch(url + path, { method: body ? 'POST' : 'GET', body, headers, redirect: 'manual' });
	const to = reply.headers.get('location');
	return to ? page(to.replace(url, '')) : { path, status: reply.status, text: await reply.text() };
}

const cycle = await page('/conferences');
const started = await page('/conferences/start', fields(cycle.text, '/conferences/start', { what: 'start' }));
const link = /href="(\/conferences\/plan[^"]*)"/.exec(started.text)?.[1];
if (!link)
	throw new Error(`a started cycle offers no conference: ${started.status}`);
const plan = await page(plain(link));
const made = await page('/conferences/plan', fields(plan.text, '/conferences/plan'));
const conference = /\/conference\/[0-9a-z]{20}/.exec(made.path)?.[0] ?? /\/conference\/[0-9a-z]{20}/.exec(made.text)?.[0];
if (!conference)
	throw new Error(`no conference was planned: ${made.status} ${/usa-alert__text">(.*?)</.exec(made.text)?.[1] ?? ''}`);
const shown = await page(conference);
const csrf = /name="csrf" value="([^"]*)"/.exec(shown.text)?.[1];
console.log(conference, csrf);
