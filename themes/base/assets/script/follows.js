// Follows: the topics and sources that a reader chose. They are kept in this browser and nowhere else.
// A follow is { title, href, feed }, its addresses paths on our host.
// Markup and words are those of the page's template; whatever comes from elsewhere is set as text.

const MOST_ARTICLES = 50;

const place = document.querySelector("template[data-for-you]");
const KEY = `newsprint-follows:${place.dataset.forYou}`;
const site = new URL(document.querySelector("link[rel='canonical']")?.href ?? location.href).origin;
const days = openFormat(document.documentElement.lang);

function openFormat(language) {
  const options = { dateStyle: "long" };
  try {
    return new Intl.DateTimeFormat(language, options);
  } catch {
    return new Intl.DateTimeFormat([], options);
  }
}

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

function recall() {
  try {
    return JSON.parse(localStorage.getItem(KEY)).filter(isFollow);
  } catch {
    return []; // nothing there yet, or nothing that we wrote, or a browser that keeps nothing
  }
}

function keep(follows) {
  try {
    if (follows.length) localStorage.setItem(KEY, JSON.stringify(follows));
    else localStorage.removeItem(KEY);
  } catch {
    return false;
  }
  dispatchEvent(new Event("follows"));
  return true;
}

const without = (follows, { feed }) => follows.filter((one) => one.feed !== feed);

// Buttons

function bind(button, follow, say) {
  const isFollowed = () => recall().some(({ feed }) => feed === follow.feed);
  const show = () => {
    button.setAttribute("aria-pressed", isFollowed());
    button.textContent = words(isFollowed() ? "following" : "follow", follow.title);
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
  return { id: text("guid") || path, title: text("title"), path, source: text("source"), language: text("dc:language"), at: new Date(text("pubDate")) };
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
  return [...each.values()].sort((a, b) => b.at - a.at || (a.path < b.path ? -1 : 1)).slice(0, MOST_ARTICLES);
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
  const parts = ["none", "follows", "export", "import", "file", "forget", "status", "newest", "articles", "note"];
  const [none, rows, exports, imports, file, forget, status, newest, articles, note] = parts.map(part);
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
    time.textContent = days.format(at);
    from.before(time, " ");
    from.textContent = source;
    return node;
  }

  function showArticles() {
    const follows = recall().filter(({ feed }) => loaded.has(feed));
    const failed = follows.filter(({ feed }) => !loaded.get(feed)).map(({ title }) => title);
    articles.replaceChildren(...merge(follows.flatMap(({ feed }) => loaded.get(feed) ?? [])).map(makeItem));
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

  exports.addEventListener("click", () => download(writeOpml(recall()), "follows.opml"));
  imports.addEventListener("click", () => file.click());
  file.addEventListener("change", async () => {
    const found = readOpml(await file.files[0].text());
    file.value = "";
    const isKept = keep(found.reduce((all, one) => [...without(all, one), one], recall()));
    say(words(!isKept ? "notKept" : found.length ? "imported" : "notImported"));
  });
  forget.addEventListener("click", () => {
    if (confirm(words("forgetAll"))) say(words(keep([]) ? "forgotten" : "notKept"));
  });
  addEventListener("follows", refresh);
  document.querySelector(".needs-script").remove();
  place.replaceWith(place.content);
  refresh();
}

addEventListener("storage", () => dispatchEvent(new Event("follows")));
if (place.dataset.feed) openListing();
else openForYou();
