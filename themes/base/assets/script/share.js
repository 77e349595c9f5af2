// Sharing: the page's address for whatever the system offers, or for the clipboard. Nobody else learns of it.

const place = document.querySelector("template#share");
const [share, copy] = place.content.querySelectorAll("button");
const status = place.content.querySelector("[role='status']");
const page = { title: document.title, url: document.querySelector("link[rel='canonical']").href };

share.hidden = !navigator.canShare?.(page);
share.addEventListener("click", () => navigator.share(page).catch(() => {})); // whoever thinks better of it says nothing
copy.addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText(page.url);
    status.textContent = place.dataset.copied;
  } catch {
    status.textContent = place.dataset.notCopied; // not over plain HTTP, or not allowed
  }
});
place.replaceWith(place.content);
