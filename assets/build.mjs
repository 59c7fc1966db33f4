// Builds the style sheet and the script, and has tools/pack make C of them.
//
//     node assets/build.mjs OUT [PACK OUT.c OUT.h DEPFILE]
//
// OUT gets app.css, app.js, the fonts, the icon and the pictures that the styles name; the hash in
// their names comes from PACK. DEPFILE tells ninja what was read.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const modules = resolve(here, "../node_modules");
const uswds = join(modules, "@uswds/uswds");
const [out, pack, source, header, depfile] = process.argv.slice(2);
if (!out) {
	console.error("usage: node assets/build.mjs OUT [PACK OUT.c OUT.h DEPFILE]");
	process.exit(2);
}
mkdirSync(out, { recursive: true });

// The style sheet of USWDS, and the pictures it names.
function uswdsCss() {
	const { css } = sass.compile(join(here, "css/uswds.scss"), {
		loadPaths: [join(uswds, "packages")],
		quietDeps: true,
		logger: sass.Logger.silent,
	});
	const pictures = new Map();
	const flat = css.replace(/url\("?\/assets\/([^")]+)"?\)/g, (_, path) => {
		pictures.set(basename(path), join(uswds, "dist/img", path));
		return `url("/assets/${basename(path)}")`;
	});
	return { css: flat, pictures };
}

const { css: theirs, pictures } = uswdsCss();
const ours = await esbuild.build({
	entryPoints: [join(here, "css/app.css")],
	bundle: true,
	external: ["/assets/*"],
	metafile: true,
	write: false,
});
const css = await esbuild.transform(theirs + ours.outputFiles[0].text, {
	loader: "css",
	minify: true,
	target: ["chrome109", "firefox115", "safari16"],
	legalComments: "none",
});
writeFileSync(join(out, "app.css"), css.code);

const script = await esbuild.build({
	entryPoints: [join(here, "js/app.js")],
	bundle: true,
	format: "esm",
	minify: true,
	metafile: true,
	target: ["chrome109", "firefox115", "safari16"],
	legalComments: "none",
	outfile: join(out, "app.js"),
});

const fonts = join(uswds, "dist/fonts/source-sans-pro");
const copies = new Map([
	["source-sans-400.woff2", join(fonts, "sourcesanspro-regular-webfont.woff2")],
	["source-sans-700.woff2", join(fonts, "sourcesanspro-bold-webfont.woff2")],
	["icon.svg", join(here, "icon.svg")],
	...pictures,
]);
for (const [name, from] of copies) copyFileSync(from, join(out, name));

if (pack) {
	const files = [...copies.keys(), "app.css", "app.js"].map((name) => join(out, name));
	execFileSync(pack, [source, header, ...files], { stdio: "inherit" });
	const read = [ours, script].flatMap((built) => Object.keys(built.metafile.inputs)).map((file) => resolve(file));
	read.push(...["css/uswds.scss", "icon.svg", "../package-lock.json"].map((file) => join(here, file)));
	const words = [source, ...read].map((path) => path.replaceAll(" ", "\\ "));
	writeFileSync(depfile, `${words[0]}: ${words.slice(1).join(" ")}\n`);
}
