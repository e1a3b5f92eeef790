// Turns the links that narrow a list into filters of the list itself. The state is in the
// address, the number found is announced. Entries carry what they go by in data- attributes.
// A list in several parts is read whole when the first filter is set.
const nav = document.querySelector(".facets");
const list = document.querySelector(".groups");
if (nav && list) start(nav, list);

function start(nav, list) {
  const MOST_SHOWN = 400; // as many as a part of a list has
  const BOXES = 8; // more values make a menu
  const status = document.querySelector(".filter-status");
  const lang = document.documentElement.lang;
  const forms = JSON.parse(nav.dataset.shown);
  const [plural, number] = [new Intl.PluralRules(lang), new Intl.NumberFormat(lang)];
  const pager = document.querySelector(".pager");
  const own = [...list.children].map(group);
  let groups = own;
  let reading = pager ? null : Promise.resolve();
  let partial = false;
  let filtered = false;

  // The controls take the place of the links. Badges above, which are links too, stay.
  const search = document.createElement("search");
  search.className = nav.className;
  search.ariaLabel = nav.ariaLabel;
  search.append(...nav.childNodes);
  nav.replaceWith(search);
  const details = search.querySelector("details");
  const room = search.querySelector(".facet-groups");
  const facets = [...document.querySelectorAll("[data-facet]")].map((links) => {
    const facet = controls(links);
    if (room.contains(links)) links.closest(".facet").replaceWith(facet.element);
    else room.append(facet.element);
    return facet;
  });
  const clear = document.createElement("button");
  clear.type = "button";
  clear.className = "clear";
  clear.textContent = nav.dataset.clear;
  clear.addEventListener("click", () => {
    for (const facet of facets) facet.set([]);
    details.querySelector("summary").focus();
    changed();
  });

  search.addEventListener("change", changed);
  addEventListener("popstate", restore);
  restore();

  /** A section of the list with its entries. */
  function group(section) {
    const entries = section.querySelector(".entries");
    return { section, entries, all: [...entries.children] };
  }

  /** Boxes to tick or a menu, made of links; `get` and `set` speak in values. */
  function controls(links) {
    const key = links.dataset.facet;
    const label = document.getElementById(links.getAttribute("aria-labelledby"))?.textContent ?? links.ariaLabel;
    const values = [...links.children].map((item) => ({
      value: item.dataset.value,
      text: `${item.firstChild.textContent.trim()} (${item.querySelector(".facet-number").textContent})`,
      lang: item.querySelector("[lang]")?.lang,
    }));
    if (values.length > BOXES) {
      const select = document.createElement("select");
      select.id = `filter-${key}`;
      select.append(new Option(nav.dataset.any, ""), ...values.map(({ value, text, lang }) => {
        const option = new Option(text, value);
        if (lang) option.lang = lang;
        return option;
      }));
      const name = document.createElement("label");
      name.htmlFor = select.id;
      name.textContent = label;
      const element = box("div", name, select);
      return { key, element, get: () => [select.value].filter(Boolean), set: ([value = ""]) => { select.value = value; } };
    }
    const legend = document.createElement("legend");
    legend.textContent = label;
    const inputs = values.map(({ value, text, lang }) => {
      const input = document.createElement("input");
      Object.assign(input, { type: "checkbox", value });
      const choice = document.createElement("label");
      if (lang) choice.lang = lang;
      choice.append(input, ` ${text}`);
      return choice;
    });
    const element = box("fieldset", legend, ...inputs);
    const boxes = [...element.querySelectorAll("input")];
    return {
      key, element,
      get: () => boxes.filter((input) => input.checked).map((input) => input.value),
      set: (wanted) => boxes.forEach((input) => { input.checked = wanted.includes(input.value); }),
    };
  }

  function box(name, ...content) {
    const element = document.createElement(name);
    element.className = "facet";
    element.append(...content);
    return element;
  }

  /** The state as the address has it: `stage=active,ending&country=PL`. */
  function query() {
    const parts = facets.map(({ key, get }) => [key, get()]).filter(([, values]) => values.length > 0);
    return parts.map(([key, values]) => `${key}=${values.map(encodeURIComponent).join(",")}`).join("&");
  }

  function changed() {
    const state = query();
    history.pushState(null, "", location.pathname + (state && `?${state}`) + location.hash);
    show();
  }

  function restore() {
    const wanted = new URLSearchParams(location.search);
    for (const { key, set } of facets) set(wanted.get(key)?.split(",") ?? []);
    if (query()) details.open = true;
    show();
  }

  async function show() {
    const state = query();
    for (const link of document.querySelectorAll(".languages a")) link.search = state;
    if (!state && !filtered) return;
    filtered = true;
    if (state) await (reading ??= readOthers());
    // Another choice may have been made while the other parts were read.
    if (state !== query()) return;
    const wanted = facets.map(({ key, get }) => [key, get()]).filter(([, values]) => values.length > 0);
    const suits = (entry) => wanted.every(([key, values]) => {
      const has = entry.dataset[key]?.split(" ") ?? [];
      return values.some((value) => has.includes(value));
    });
    let found = 0;
    const shown = (state ? groups : own).filter(({ entries, all }) => {
      const suitable = state ? all.filter(suits) : all.filter((entry) => !entry.dataset.from);
      const room = state ? Math.max(0, MOST_SHOWN - found) : suitable.length;
      entries.replaceChildren(...suitable.slice(0, room));
      found += suitable.length;
      return suitable.length > 0 && room > 0;
    });
    list.replaceChildren(...shown.map(({ section }) => section));
    if (pager) pager.hidden = Boolean(state);
    document.querySelectorAll(".letters").forEach((letters) => { letters.hidden = Boolean(state); });
    announce(state, found);
  }

  function announce(state, found) {
    if (!state) {
      status.textContent = "";
      clear.remove();
      return;
    }
    const form = forms[plural.select(found)] ?? forms.other;
    const notes = [form.replace("{n}", number.format(found))];
    if (found > MOST_SHOWN) notes.push(nav.dataset.first.replace("{n}", number.format(MOST_SHOWN)));
    if (partial) notes.push(nav.dataset.partial);
    status.textContent = notes.join(". ");
    status.after(clear);
  }

  /** Reads the other parts of the list: their pages, whose entries are joined to those here in their order. */
  async function readOthers() {
    const links = [...pager.querySelectorAll("ol a")];
    const parts = await Promise.all(links.map((link) =>
      link.ariaCurrent === "page" ? own : read(link.href).catch(() => { partial = true; return []; })));
    const joined = [];
    for (const group of parts.flat()) {
      const last = joined.at(-1);
      if (last && id(last) === id(group)) {
        const kept = own.includes(group) ? group : last;
        Object.assign(kept, { all: [...last.all, ...group.all] });
        joined[joined.length - 1] = kept;
      } else joined.push(group);
    }
    groups = joined;
  }

  function id({ section }) {
    return section.querySelector("h2").id;
  }

  async function read(url) {
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const link of page.querySelectorAll(".groups a[href]")) {
      link.href = new URL(link.getAttribute("href"), url).href;
    }
    return [...page.querySelectorAll(".groups > section")].map((section) => {
      const found = group(document.adoptNode(section));
      for (const entry of found.all) entry.dataset.from = "elsewhere";
      return found;
    });
  }
}
