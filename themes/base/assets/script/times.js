// Times of the last days as "3 hours ago"; the words that the page has for them become their title.

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const LIMIT = 7 * DAY;

const format = openFormat(document.documentElement.lang);
const ownWords = new WeakMap();

/** The browser's words in a language; null where it has none, so that no page speaks two languages. */
function openFormat(language) {
  try {
    const [known] = Intl.RelativeTimeFormat.supportedLocalesOf(language);
    return known ? new Intl.RelativeTimeFormat(known) : null;
  } catch {
    return null;
  }
}

function relate(age) {
  if (age < HOUR) return format.format(-Math.max(1, Math.floor(age / MINUTE)), "minute");
  if (age < DAY) return format.format(-Math.floor(age / HOUR), "hour");
  return format.format(-Math.floor(age / DAY), "day");
}

function restore(time) {
  if (ownWords.has(time)) time.textContent = ownWords.get(time);
}

function show(time) {
  const age = Date.now() - Date.parse(time.dateTime);
  if (age >= 0 && age < LIMIT && !time.childElementCount) {
    if (!ownWords.has(time)) ownWords.set(time, time.textContent);
    time.title = ownWords.get(time);
    time.textContent = relate(age);
  } else {
    restore(time);
  }
}

/** All times that say more than a day. */
const all = () => document.querySelectorAll("time[datetime*='T']");
const showAll = () => all().forEach(show);

if (format) {
  showAll();
  setInterval(showAll, MINUTE);
  document.addEventListener("times", showAll);
  addEventListener("beforeprint", () => all().forEach(restore));
  addEventListener("afterprint", showAll);
}
