// Follows: the topics and sources that a reader chose; and mutes: words and names that they do not want to read of.
// They are kept in this browser and nowhere else.
// A follow is { title, href, feed }, its addresses paths on our host; a mute is a text.
// Markup and words are those of the page's template; whatever comes from elsewhere is set as text.

const MOST_ARTICLES = 50;

const place = document.querySelector("template[data-for-you]");
const FOLLOWS = `newsprint-follows:${place.dataset.forYou}`;
const MUTES = `newsprint-mutes:${place.dataset.forYou}`;
const site = new URL(document.querySelector("link[rel='canonical']")?.href ?? location.href).origin;
/** The page's words under a key, with a name in them. */
const words = (key, name = "") => place.dataset[key].replace("{name}", () => name);

/** An address of our site as a path; null for what is elsewhere. The site may be seen on another host than its own. */
function pathOf(address) {
  try {
    const url = new URL(address, location.href);
    return [site, location.origin].includes(url.origin) ? url.pathname : null;
  } catch {
    return null;
  }
}

/** The address of a path on the host that shows this page, whatever the path says. */
const here = (path) => location.origin + path;

/** A document with a certain root; null for everything else, of which a parser would make a page of its own. */
function parse(text, root) {
  const xml = text.includes(`<${root}`) ? new DOMParser().parseFromString(text, "application/xml") : null;
  return xml?.documentElement.tagName === root ? xml : null;
}

// The store

const isPath = (text) => typeof text === "string" && text.startsWith("/");
const isFollow = (one) => typeof one?.title === "string" && isPath(one.href) && isPath(one.feed);
const isMute = (one) => typeof one === "string" && one.trim() !== "";

function recall(key = FOLLOWS) {
  try {
    return JSON.parse(localStorage.getItem(key)).filter(key === FOLLOWS ? isFollow : isMute);
  } catch {
    return []; // nothing there yet, or nothing that we wrote, or a browser that keeps nothing
  }
}

function keep(list, key = FOLLOWS) {
  try {
    if (list.length) localStorage.setItem(key, JSON.stringify(list));
    else localStorage.removeItem(key);
  } catch {
    return false;
  }
  dispatchEvent(new Event("follows"));
  return true;
}

const without = (follows, { feed }) => follows.filter((one) => one.feed !== feed);

// Buttons

/** A button says what it does, a switch only shows whether it is on. */
function bind(button, follow, say) {
  const isFollowed = () => recall().some(({ feed }) => feed === follow.feed);
  const isSwitch = button.getAttribute("role") === "switch";
  const show = () => {
    button.setAttribute(isSwitch ? "aria-checked" : "aria-pressed", isFollowed());
    if (!isSwitch) button.textContent = words(isFollowed() ? "following" : "follow", follow.title);
  };
  button.addEventListener("click", () => {
    const wasFollowed = isFollowed();
    const others = without(recall(), follow);
    const isKept = keep(wasFollowed ? others : [...others, follow]);
    say(isKept ? words(wasFollowed ? "unfollowed" : "followed", follow.title) : words("notKept"));
  });
  addEventListener("follows", show);
  show();
}

/** The button of a topic's or source's page. */
function openListing() {
  const { title, feed } = place.dataset;
  const status = place.content.querySelector("[role='status']");
  const button = place.content.querySelector("button");
  bind(button, { title, href: location.pathname, feed }, (said) => (status.textContent = said));
  place.replaceWith(place.content);
}

// Feeds

function readItem(item) {
  const text = (name) => [...item.children].find((one) => one.tagName === name)?.textContent ?? "";
  const path = pathOf(text("link"));
  const source = text("source");
  const names = [source, ...[...item.children].filter((one) => one.tagName === "category").map((one) => one.textContent)];
  const told = fold(`${text("title")} ${text("description").replace(/<[^>]*>/g, " ")}`);
  return { id: text("guid") || path, title: text("title"), path, source, language: text("dc:language"), at: new Date(text("pubDate")), names: names.map(fold), told };
}

async function fetchArticles(feed) {
  const answer = await fetch(here(feed));
  const xml = parse(await answer.text(), "rss");
  if (!answer.ok || !xml) throw new Error(feed);
  return [...xml.querySelectorAll("item")].map(readItem).filter(({ path, at }) => path && !isNaN(at));
}

/** Newest first, each article once. */
function merge(articles) {
  const each = new Map(articles.map((one) => [one.id, one]));
  return [...each.values()].sort((a, b) => b.at - a.at || (a.path < b.path ? -1 : 1));
}

// Mutes

/** A text as texts are compared: signs of typography and the case of letters do not matter. */
const fold = (text) => text.toLowerCase().replace(/[\u2018\u2019]/g, "'").replace(/[\u2010-\u2015]/g, "-").replace(/\s+/g, " ").trim();
const isInWord = (sign) => /[\p{L}\p{N}]/u.test(sign ?? "");
const hasNoSpaces = (text) => /[\u0e00-\u0fff\u1780-\u17ff\u2e80-\ud7ff]/.test(text);

/** Whether a text has a word or several; scripts without spaces have no ends of words. */
function says(text, wanted) {
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    if (hasNoSpaces(wanted) || !(isInWord(text[at - 1]) || isInWord(text[at + wanted.length]))) return true;
  }
  return false;
}

const isMuted = ({ names, told }, mutes) => mutes.some((one) => names.includes(one) || says(told, one));

// Days

/** A day by the pattern of the site (UTS 35) in its zone and language, as its pages write it. */
function writeDay(at) {
  const { date, zone } = place.dataset;
  const tag = `${document.documentElement.lang}-u-nu-latn`;
  const say = (type, options) =>
    new Intl.DateTimeFormat(tag, { timeZone: zone, ...options }).formatToParts(at).find((one) => one.type === type).value;
  const width = (letters) => ["numeric", "2-digit", "short", "long", "narrow"][letters.length - 1];
  const fields = {
    d: (letters) => say("day", { day: width(letters), month: "long" }).padStart(letters.length, "0"),
    M: (letters) => say("month", { day: "numeric", month: width(letters) }).padStart(letters.length > 2 ? 0 : letters.length, "0"),
    L: (letters) => say("month", { month: width(letters) }),
    y: (letters) => say("year", { year: width(letters) === "2-digit" ? "2-digit" : "numeric" }),
    E: (letters) => say("weekday", { weekday: letters.length === 4 ? "long" : "short" }),
  };
  try {
    return date.replace(/'([^']*)'|([dMLyE])\2*/g, (letters, quoted, field) => (field ? fields[field](letters) : quoted || "'"));
  } catch {
    return at.toISOString().slice(0, 10); // a language or a zone that the browser does not know
  }
}

// OPML 2.0

function writeOpml(follows) {
  const xml = document.implementation.createDocument(null, "opml");
  const add = (parent, name) => parent.appendChild(xml.createElement(name));
  xml.documentElement.setAttribute("version", "2.0");
  add(add(xml.documentElement, "head"), "title").textContent = document.title;
  const body = add(xml.documentElement, "body");
  for (const { title, href, feed } of follows) {
    const outline = { type: "rss", text: title, title, xmlUrl: site + feed, htmlUrl: site + href };
    const node = add(body, "outline");
    for (const [name, value] of Object.entries(outline)) node.setAttribute(name, value);
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(xml)}\n`;
}

function readOpml(text) {
  return [...(parse(text, "opml")?.querySelectorAll("outline[xmlUrl]") ?? [])]
    .map((node) => (name) => node.getAttribute(name) ?? "")
    .map((say) => ({ title: say("text"), href: pathOf(say("htmlUrl")), feed: pathOf(say("xmlUrl")) }))
    .filter(isFollow);
}

function download(text, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/x-opml" }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

// The page of all follows

function openForYou() {
  const part = (name) => place.content.querySelector(`[data-part="${name}"]`);
  const parts = ["none", "follows", "export", "import", "file", "forget", "status", "newest", "articles", "note", "hidden", "mutes", "mute", "switch"];
  const [none, rows, exports, imports, file, forget, status, newest, articles, note, hidden, mutes, mute, toggle] = parts.map(part);
  const muted = mutes.removeChild(mutes.firstElementChild);
  const row = rows.removeChild(rows.firstElementChild);
  const item = articles.removeChild(articles.firstElementChild);
  const shown = new Set();
  const loaded = new Map(); // the articles of a feed, null where it failed
  const say = (said) => (status.textContent = said);

  function addRow(follow) {
    const node = row.cloneNode(true);
    const link = node.querySelector("a");
    link.textContent = follow.title;
    link.href = here(follow.href);
    bind(node.querySelector("button"), follow, say);
    rows.append(node);
    shown.add(follow.feed);
  }

  function makeItem({ title, path, source, language, at }) {
    const node = item.cloneNode(true);
    const [link, from] = ["a", "span"].map((name) => node.querySelector(name));
    const time = document.createElement("time"); // one without a time would be no HTML
    link.textContent = title;
    link.href = here(path);
    if (language) link.lang = language;
    time.dateTime = at.toISOString();
    time.textContent = writeDay(at);
    from.before(time, " ");
    from.textContent = source;
    return node;
  }

  function showArticles() {
    const follows = recall().filter(({ feed }) => loaded.has(feed));
    const failed = follows.filter(({ feed }) => !loaded.get(feed)).map(({ title }) => title);
    const all = merge(follows.flatMap(({ feed }) => loaded.get(feed) ?? []));
    const folded = recall(MUTES).map(fold);
    const wanted = all.filter((one) => !isMuted(one, folded));
    articles.replaceChildren(...wanted.slice(0, MOST_ARTICLES).map(makeItem));
    hidden.textContent = wanted.length < all.length ? words("hidden", all.length - wanted.length) : "";
    note.textContent = failed.length ? words("failed", failed.join(", ")) : "";
    document.dispatchEvent(new Event("times"));
  }

  /** Rows of what is followed no more stay until the page is left, so that nothing is lost by a slip. */
  async function refresh() {
    const follows = recall();
    follows.filter(({ feed }) => !shown.has(feed)).forEach(addRow);
    none.hidden = shown.size > 0;
    newest.hidden = !follows.length;
    const missing = follows.filter(({ feed }) => !loaded.has(feed));
    if (missing.length) note.textContent = words("loading");
    await Promise.all(
      missing.map(async ({ feed }) => loaded.set(feed, await fetchArticles(feed).catch(() => null))),
    );
    showArticles();
  }

  function showMutes() {
    const rows = recall(MUTES).map((term) => {
      const node = muted.cloneNode(true);
      const button = node.querySelector("button");
      node.querySelector("span").textContent = term;
      button.textContent = words("unmute", term);
      button.addEventListener("click", () => {
        const isKept = keep(recall(MUTES).filter((one) => one !== term), MUTES);
        say(words(isKept ? "unmuted" : "notKept", term));
        mute.elements.term.focus();
      });
      return node;
    });
    mutes.replaceChildren(...rows);
  }

  mute.addEventListener("submit", (event) => {
    event.preventDefault();
    const { term } = mute.elements;
    const name = term.value.trim();
    if (!name) return;
    const others = recall(MUTES).filter((one) => fold(one) !== fold(name));
    say(words(keep([...others, name], MUTES) ? "muted" : "notKept", name));
    term.value = "";
  });
  for (const row of document.querySelectorAll("[data-choice]")) {
    const button = toggle.content.firstElementChild.cloneNode(true);
    const link = row.querySelector("a");
    button.setAttribute("aria-label", words("follow", link.textContent));
    bind(button, { title: link.textContent, href: link.pathname, feed: row.dataset.choice }, say);
    row.append(button);
  }
  exports.addEventListener("click", () => download(writeOpml(recall()), "follows.opml"));
  imports.addEventListener("click", () => file.click());
  file.addEventListener("change", async () => {
    const found = readOpml(await file.files[0].text());
    file.value = "";
    const isKept = keep(found.reduce((all, one) => [...without(all, one), one], recall()));
    say(words(!isKept ? "notKept" : found.length ? "imported" : "notImported"));
  });
  forget.addEventListener("click", () => {
    if (confirm(words("forgetAll"))) say(words(keep([], MUTES) && keep([]) ? "forgotten" : "notKept"));
  });
  addEventListener("follows", refresh);
  addEventListener("follows", showMutes);
  document.querySelector(".needs-script").remove();
  place.replaceWith(place.content);
  refresh();
  showMutes();
}

addEventListener("storage", () => dispatchEvent(new Event("follows")));
if (place.dataset.feed) openListing();
else openForYou();
