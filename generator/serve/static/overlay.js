// What is wrong with the files of the site, over the page that was built before; all text is put in as text.
const sheet = new CSSStyleSheet();
sheet.replaceSync(await (await fetch(new URL("overlay.css", import.meta.url))).text());

const host = element("newsprint-preview");
host.lang = "en";
host.dir = "ltr";
const root = host.attachShadow({ mode: "open" });
root.adoptedStyleSheets = [sheet];

const note = element("button");
note.type = "button";
const dialog = element("dialog");
dialog.setAttribute("role", "alertdialog");
dialog.setAttribute("aria-labelledby", "title");
dialog.setAttribute("aria-describedby", "about");
note.addEventListener("click", () => dialog.showModal());

let shown = "";

// Shows the state of the last build: what kept it from being published at once, warnings when they are asked for.
export function show({ problems = [], failure = "", is_published: isPublished = true }) {
  const told = JSON.stringify([problems, failure, isPublished]);
  if (told === shown) return;
  shown = told;
  dialog.close();
  if (isPublished && !problems.length) {
    host.remove();
    return;
  }
  document.documentElement.append(host);
  note.textContent = failure ? "Not built" : sumUp(problems);
  note.className = isPublished ? "warning" : "error";
  dialog.className = note.className;
  dialog.replaceChildren(head(problems, failure, isPublished), list(problems));
  root.replaceChildren(note, dialog);
  if (!isPublished) dialog.showModal();
}

function head(problems, failure, isPublished) {
  const title = element("h1", isPublished ? sumUp(problems) : failure ? "The site was not built" : sumUp(problems));
  title.id = "title";
  const about = element("p", failure || (isPublished ? "The site is built all the same." : "Nothing was published: the preview stays as it was."));
  about.id = "about";
  const close = element("button", "Close");
  close.type = "button";
  close.autofocus = true;
  close.addEventListener("click", () => dialog.close());
  return element("header", element("div", title, about), close);
}

function list(problems) {
  const errorsFirst = problems.toSorted((a, b) => (a.severity === "error" ? 0 : 1) - (b.severity === "error" ? 0 : 1));
  return element("ol", ...errorsFirst.map(item));
}

function item(problem) {
  const place = element("code", problem.line ? `${problem.file}:${problem.line}` : problem.file);
  place.className = "place";
  const severity = element("strong", problem.severity);
  const message = element("p", severity, ` ${problem.message}`);
  message.className = "message";
  const parts = [place, message];
  if (problem.found) parts.push(element("pre", problem.found));
  const more = [["expected", problem.expected], ["hint", problem.hint], ["code", problem.code]];
  const rows = more.filter(([, text]) => text).flatMap(([name, text]) => [element("dt", name), element("dd", text)]);
  const line = element("li", ...parts, element("dl", ...rows));
  line.className = problem.severity;
  return line;
}

function sumUp(problems) {
  const errors = problems.filter((problem) => problem.severity === "error").length;
  const counts = [count(errors, "error"), count(problems.length - errors, "warning")];
  return counts.filter((text) => text).join(", ");
}

function count(number, noun) {
  return number && `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function element(name, ...children) {
  const made = document.createElement(name);
  made.append(...children);
  return made;
}
