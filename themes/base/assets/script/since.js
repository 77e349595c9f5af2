// What is new in a story since the reader was here: facts, disputes and corrections.
// The browser keeps which of them it showed of the stories read last, and sends that nowhere.

const KEY = "newsprint-seen";
const MOST_STORIES = 100;

const template = document.querySelector("template[data-since]");
const nodes = [...document.querySelectorAll("[data-mark], .change-list > .change-correction")];
const marksOf = (node) => (node.dataset.mark ?? node.id).split(" ").filter(Boolean);
const isPair = (one) => Array.isArray(one) && one.length === 2 && one.every((part) => typeof part === "string");

function recall() {
  try {
    return new Map(JSON.parse(localStorage.getItem(KEY)).filter(isPair));
  } catch {
    return new Map(); // nothing there yet, or nothing that we wrote, or a browser that keeps nothing
  }
}

function keep(stories) {
  try {
    localStorage.setItem(KEY, JSON.stringify([...stories].slice(-MOST_STORIES)));
  } catch {
    // then all of it is as if it had been seen
  }
}

function show(news, count) {
  const [link, word] = template.content.children;
  for (const node of news) {
    node.classList.add("is-new");
    (node.querySelector("th, .meta") ?? node).prepend(word.cloneNode(true));
  }
  news[0].id ||= "since";
  link.setAttribute("href", `#${news[0].id}`);
  link.firstElementChild.textContent = template.dataset.since.replace("{number}", count);
  template.replaceWith(link);
}

const stories = recall();
const seen = stories.get(location.pathname)?.split(" ");
const isNew = (mark) => seen && !seen.includes(mark);
const count = nodes.flatMap(marksOf).filter(isNew).length;
if (count) show(nodes.filter((node) => marksOf(node).some(isNew)), count);
stories.delete(location.pathname); // so that it becomes the last
keep(stories.set(location.pathname, nodes.flatMap(marksOf).join(" ")));
