// The script of the preview: it loads the page again when something that it shows was built anew,
// and shows what is wrong with the files of the site.
import { show } from "./overlay.js";

const own = new URL(import.meta.url);
const question = new URLSearchParams({ build: own.searchParams.get("build"), path: location.pathname });
let events;

function listen() {
  events = new EventSource(new URL(`events?${question}`, own));
  events.addEventListener("state", (event) => show(JSON.parse(event.data)));
  events.addEventListener("reload", () => {
    events.close();
    location.reload();
  });
}

// Browsers keep few connections to one host: a tab that nobody sees gives its own back, and asks again when it is seen.
function turn() {
  events?.close();
  if (document.visibilityState === "visible") listen();
}

document.addEventListener("visibilitychange", turn);
turn();
