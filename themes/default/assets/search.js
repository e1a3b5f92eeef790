// The search page: looks up what is typed in the index of its language (search-index.js), which
// is loaded when somebody searches. The address keeps the query, so that Back, Forward and
// a bookmark bring it back.
const form = document.querySelector("form.search");
const field = form.elements.q;
const status = document.querySelector(".search-status");
const results = document.querySelector(".search-results");
const language = document.documentElement.lang;
const title = document.title;
const number = (n) => n.toLocaleString(language);
const address = (link) => new URL(link, document.baseURI).href;
/** So many of each group at first, and so many with each "more". */
const FIRST = 6, MORE = 200;

let index;
function load() {
  index ??= Promise.all([import(address(form.dataset.reader)), fetch(address(form.dataset.index))])
    .then(async ([reader, answer]) => {
      if (!answer.ok) throw new Error(`${answer.status} ${answer.url}`);
      return reader.read(new Uint8Array(await answer.arrayBuffer()));
    });
  // A later try begins anew.
  index.catch(() => (index = undefined));
  return index;
}

function element(name, className, ...inside) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...inside);
  return made;
}

/** A name in its own language. */
function named({ text, lang }) {
  if (!lang) return text;
  const span = element("span", "", text);
  span.lang = lang;
  return span;
}

function entry(root, { label, lang, titled, url, about, other }) {
  const link = element("a", "", label);
  link.href = root + url;
  if (lang) link.lang = lang;
  const item = element("li", "entry", element("p", "entry-title", link));
  const meta = about.flatMap((part, place) => (place ? [", ", named(part)] : [named(part)]));
  if (meta.length) item.append(element("p", "meta", ...meta));
  if (other) {
    const [before, after] = titled ? ["", ""] : results.dataset.also.split("{name}");
    item.append(element("p", "meta", before, named(other), after));
  }
  return item;
}

function group(root, { group, name, count, show }) {
  const heading = element("h2", "", name, " ", element("span", "search-count", number(count)));
  heading.id = `s-found-${group}`;
  const list = element("ul", "entries grid", ...show(0, FIRST).map((hit) => entry(root, hit)));
  const section = element("section", "", heading, list);
  section.setAttribute("aria-labelledby", heading.id);
  let shown = Math.min(FIRST, count);
  if (shown === count) return section;
  const text = () => results.dataset.more.replace("{n}", () => number(count - shown));
  const more = element("button", "search-more", text());
  more.type = "button";
  more.setAttribute("aria-describedby", heading.id);
  more.addEventListener("click", () => {
    const added = show(shown, shown + MORE).map((hit) => entry(root, hit));
    list.append(...added);
    shown += added.length;
    more.textContent = text();
    if (shown >= count) more.remove();
    added[0].querySelector("a").focus();
  });
  section.append(more);
  return section;
}

let spoken;
/** Says something to all, but to a screen reader only when the typing has come to rest. */
function say(text, wait = 0) {
  clearTimeout(spoken);
  spoken = setTimeout(() => (status.textContent = text), wait);
}

/** Shows what the field asks for. */
async function show() {
  const query = field.value.trim();
  document.title = query ? `${query} – ${title}` : title;
  if (!query) {
    results.replaceChildren();
    return say("");
  }
  let found;
  try {
    if (!index) say(status.dataset.loading, 150);
    found = (await load()).search(query);
  } catch (error) {
    results.replaceChildren();
    return say(status.dataset.failed);
  }
  // Somebody typed on while the index came.
  if (query !== field.value.trim()) return;
  const root = address(form.dataset.index.replace(/[^/]+\/[^/]*$/, ""));
  results.replaceChildren(...(found?.groups ?? []).map((part) => group(root, part)));
  if (!found) return say(status.dataset.short, 400);
  if (!found.count) return say(status.dataset.nothing.replace("{query}", () => query), 400);
  const groups = found.groups.map(({ name, count }) => `${name}: ${number(count)}`);
  say(`${status.dataset.results.replace("{n}", () => number(found.count))} (${groups.join(", ")})`, 400);
}

/**
 * Puts the query into the address. What was asked for is a place to come back to; what is still
 * `typed` takes the place of what was typed before.
 */
function keep(typed) {
  const query = field.value.trim();
  const url = new URL(location.href);
  const asked = url.searchParams.has("q") && !history.state?.typed;
  if (query) url.searchParams.set("q", query);
  else url.searchParams.delete("q");
  if (asked && url.href === location.href) return;
  history[asked ? "pushState" : "replaceState"]({ typed }, "", url);
  follow();
}

/** Whoever changes the language goes on with their query. */
function follow() {
  for (const link of document.querySelectorAll(".languages a")) link.search = location.search;
}

let kept;
field.addEventListener("input", () => {
  clearTimeout(kept);
  // Browsers allow only so many changes of the address in a while.
  kept = setTimeout(() => keep(true), 500);
  show();
});
field.addEventListener("focus", () => load().catch(() => {}), { once: true });
field.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !field.value) return;
  event.preventDefault();
  field.value = "";
  field.dispatchEvent(new Event("input", { bubbles: true }));
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(kept);
  keep(false);
  show();
});
function restore() {
  field.value = new URLSearchParams(location.search).get("q") ?? "";
  follow();
  show();
}
addEventListener("popstate", restore);
restore();
