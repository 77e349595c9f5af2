// The colours that the reader chose: light, dark, or as the system has them.
// No module: it runs before anything is painted, so that no page shows the other colours first.
{
  const KEY = "newsprint-scheme";
  const root = document.documentElement;

  const recall = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // this browser keeps nothing
    }
  };

  const keep = (scheme) => {
    try {
      localStorage.setItem(KEY, scheme);
    } catch {
      // then it holds for this page
    }
  };

  const wear = (scheme) => {
    const isChosen = scheme === "light" || scheme === "dark";
    if (isChosen) root.dataset.scheme = scheme;
    else delete root.dataset.scheme;
    for (const meta of document.querySelectorAll("meta[name='theme-color'][media]")) {
      meta.dataset.media ??= meta.media;
      meta.media = isChosen ? (meta.dataset.media.includes(scheme) ? "all" : "not all") : meta.dataset.media;
    }
  };

  const offer = () => {
    const template = document.querySelector("template#scheme");
    const isWhole = template?.nextSibling || document.readyState !== "loading";
    if (!template || !isWhole) return;
    const select = template.content.querySelector("select");
    const show = () => {
      wear(recall());
      select.value = root.dataset.scheme ?? "";
    };
    select.addEventListener("change", () => {
      keep(select.value);
      wear(select.value);
    });
    addEventListener("storage", show);
    show();
    observer.disconnect();
    template.replaceWith(template.content);
  };

  wear(recall());
  // As soon as the masthead is there, so that nothing moves when the control comes.
  const observer = new MutationObserver(offer);
  observer.observe(root, { childList: true, subtree: true });
  document.addEventListener("DOMContentLoaded", offer);
}
