// Eleventy's settings for the bench.
import fs from "node:fs";
import syntaxHighlight from "@11ty/eleventy-plugin-syntaxhighlight";

const PAGE_ITEMS = 30;
const FEED_ITEMS = 20;
const SITE = "https://bench.example";
const DESCRIPTION = "News that nobody reported.";
const topics = JSON.parse(fs.readFileSync("topics.json", "utf8")).map(([id, title, description]) => ({ id, title, description }));
const titles = Object.fromEntries(topics.map((topic) => [topic.id, topic.title]));

const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "UTC" });
const iso = (date) => date.toISOString().replace(".000", "");

// The pages of one listing, newest articles first.
function pagesOf(base, heading, description, feed, articles) {
  const count = Math.max(1, Math.ceil(articles.length / PAGE_ITEMS));
  const address = (number) => (number === 1 ? base : `${base}page/${number}/`);
  return Array.from({ length: count }, (_, index) => ({
    address: address(index + 1),
    heading,
    description,
    feed,
    cards: articles.slice(index * PAGE_ITEMS, (index + 1) * PAGE_ITEMS),
    newer: index > 0 ? address(index) : null,
    older: index + 1 < count ? address(index + 2) : null,
  }));
}

function structured(data, page) {
  const url = SITE + page.url;
  const published = iso(page.date);
  const topic = data.topics[0];
  const news = {
    "@type": "NewsArticle", headline: data.title, description: data.description, url, mainEntityOfPage: url,
    datePublished: published, dateModified: published, inLanguage: "en", articleSection: titles[topic],
    author: { "@type": data.author ? "Person" : "Organization", name: data.author || data.source },
    publisher: { "@type": "Organization", name: "Bench News", url: `${SITE}/` },
    keywords: data.keywords, isBasedOn: data.source_url,
  };
  const crumbs = [["Home", `${SITE}/`], [titles[topic], `${SITE}/topics/${topic}/`], [data.title, url]];
  const itemListElement = crumbs.map(([name, item], index) => ({ "@type": "ListItem", position: index + 1, name, item }));
  const graph = [news, { "@type": "BreadcrumbList", itemListElement }];
  return JSON.stringify({ "@context": "https://schema.org", "@graph": graph }).replaceAll("</", "<\\/");
}

export default function (config) {
  config.addPlugin(syntaxHighlight);
  config.addPassthroughCopy({ "style.css": "style.css" });
  config.addGlobalData("site", {
    title: "Bench News", tagline: "News to measure with", description: DESCRIPTION, url: SITE, topics,
  });
  config.addFilter("iso", iso);
  config.addFilter("day", (date) => day.format(date));
  config.addFilter("moment", (date) => `${day.format(date)}, ${time.format(date)} UTC`);
  config.addFilter("rfc822", (date) => date.toUTCString());
  config.addFilter("topicTitle", (id) => titles[id]);
  config.addFilter("structured", structured);
  config.addFilter("minutes", (html) => 1 + Math.floor(html.replace(/<[^>]*>/g, " ").split(/\s+/).length / 230));

  let articles;
  const newestFirst = (api) => api.getFilteredByTag("article").slice().reverse();
  const ofTopic = (id) => articles.filter((article) => article.data.topics.includes(id));
  const places = new Map();
  config.on("eleventy.before", () => places.clear());
  config.addCollection("newest", (api) => {
    articles = newestFirst(api);
    articles.forEach((article, place) => places.set(article.url, place));
    return articles;
  });
  config.addFilter("related", (url) => {
    const place = places.get(url);
    return [...articles.slice(Math.max(0, place - 2), place), ...articles.slice(place + 1, place + 3)];
  });
  config.addCollection("listings", (api) => {
    articles = newestFirst(api);
    return [
      ...pagesOf("/", "Bench News", DESCRIPTION, "/feed.xml", articles),
      ...topics.flatMap(({ id, title, description }) =>
        pagesOf(`/topics/${id}/`, title, description, `/topics/${id}/feed.xml`, ofTopic(id))),
    ];
  });
  config.addCollection("feeds", (api) => {
    articles = newestFirst(api);
    const feed = (base, title, description, items) => ({ base, title, description, items: items.slice(0, FEED_ITEMS) });
    return [
      feed("/", "Bench News", DESCRIPTION, articles),
      ...topics.map(({ id, title, description }) => feed(`/topics/${id}/`, title, description, ofTopic(id))),
    ];
  });

  return {
    dir: { input: "content", includes: "../_includes", output: "public" },
    markdownTemplateEngine: false,
    htmlTemplateEngine: "njk",
  };
}
