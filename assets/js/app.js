// Everything the pages do beyond links and forms. Each part looks for its own data- attributes
// (assets/README.md); a page without them pays nothing.
import htmx from "htmx.org";
import { watchClocks } from "./clock.js";
import { copyTables } from "./copy.js";
import { guardForms } from "./forms.js";
import { sendWhatWasKept } from "./kept.js";
import { moveByKeys } from "./keys.js";
import { blurWhenLeft } from "./leave.js";
import { startLive } from "./live.js";
import { saveFields } from "./save.js";
import { scanByKeys } from "./scan.js";
import { takeSignatures } from "./signature.js";
import { tickSpoken } from "./spoken.js";

document.documentElement.classList.add("has-script");

// A fragment asked for by htmx carries the same token as a form.
document.addEventListener("htmx:config:request", (event) => {
	const { request } = event.detail.ctx;
	if (request.method === "POST" && !request.body.has("csrf")) request.body.set("csrf", document.body.dataset.csrf ?? "");
});

guardForms();
moveByKeys();
blurWhenLeft();
copyTables();
saveFields();
scanByKeys();
watchClocks();
takeSignatures();
tickSpoken();
startLive(htmx);
sendWhatWasKept();
