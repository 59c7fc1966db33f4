// Pages read as text: their forms, as a browser would send them.
export const attribute = (tag, name) => {
	const found = new RegExp(`\\b${name}="([^"]*)"`).exec(tag);
	return found ? plain(found[1]) : undefined;
};

export const plain = (text) =>
	text.replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

// The options of a select as [value, label].
export function choices(text, name) {
	const select = new RegExp(`<select\\b[^>]*name="${name}"[^>]*>([\\s\\S]*?)</select>`).exec(text);
	return [...(select?.[1] ?? "").matchAll(/(<option\b[^>]*>)([^<]*)/g)].map(([, tag, label]) => [attribute(tag, "value") ?? "", plain(label)]);
}

// The form with that action, as it would be sent untouched (a choice that is open: the first), with some values of our own.
export function fields(text, action, own = {}) {
	const form = text.split("<form").slice(1).map((part) => part.split("</form>")[0]).find((part) => part.includes(`action="${action}"`));
	if (!form) throw new Error(`no form for ${action}: ${/<title>(.*?)<\/title>/.exec(text)?.[1]}`);
	const out = new URLSearchParams();
	for (const [tag] of form.matchAll(/<input\b[^>]*>/g)) {
		const off = /type="(checkbox|radio)"/.test(tag) && !/\bchecked\b/.test(tag);
		if (!off && attribute(tag, "name")) out.append(attribute(tag, "name"), attribute(tag, "value") ?? "");
	}
	for (const [, name, options] of form.matchAll(/<select\b[^>]*name="([^"]*)"[^>]*>([\s\S]*?)<\/select>/g)) {
		const filled = [...options.matchAll(/<option\b[^>]*>/g)].map(([tag]) => tag).filter((tag) => attribute(tag, "value"));
		const chosen = filled.find((tag) => /\bselected\b/.test(tag)) ?? filled[0];
		if (chosen) out.append(name, attribute(chosen, "value"));
	}
	for (const [, name, value] of form.matchAll(/<textarea\b[^>]*name="([^"]*)"[^>]*>([\s\S]*?)<\/textarea>/g))
		out.append(name, plain(value));
	for (const [name, value] of Object.entries(own)) out.set(name, value);
	return out;
}
