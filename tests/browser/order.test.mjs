// Every list of names is in the order of its language's alphabet, as CLDR has it in Node.js.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { realRecords, records, write } from "./directory.mjs";
import { all, facts, first, has, ownText, pages, text } from "./page.mjs";
import { build, nothing } from "./site.mjs";
import { cldr, languages, readStrings } from "./words.mjs";

/** The letters that words of a language begin with, as dictionaries have them. */
const initials = {
  pl: "A B C Ć D E F G H I J K L Ł M N O Ó P Q R S Ś T U V W X Y Z Ź Ż",
  cs: "A B C Č D E F G H Ch I J K L M N O P Q R Ř S Š T U V W X Y Z Ž",
  en: "A B C D E F G H I J K L M N O P Q R S T U V W X Y Z",
  uk: "А Б В Г Ґ Д Е Є Ж З И І Ї Й К Л М Н О П Р С Т У Ф Х Ц Ч Ш Щ Ю Я",
};

/** Where partnerships stand: those in force come first. */
const stages = ["active", "ending", "approved", "intent", "talks", "suspended", "unknown", "ended"];

/** How each list of entries is ordered, by the name of its section. Dates and `written` are the editors' matter. */
const orders = {
  partnerships: "stage", partners: "stage",
  former: "name", initiated: "name", "takes-part": "stage", members: "name", "former-members": "name",
  cities: "name", regions: "name", organisations: "name", institutions: "name", projects: "name",
  countries: "name", closed: "name",
  parties: "written", participants: "written", history: "written", planned: "written", documents: "written",
  links: "written", sources: "written", gallery: "written", services: "written", examples: "written",
  areas: "written", topics: "written", kinds: "written", below: "name", contact: "none", publisher: "none",
  community: "none", menu: "none", numbers: "none", about: "written", related: "likeness",
  seekers: "written", open: "deadline", archive: "year",
  wanted: "none", how: "none", matches: "written", map: "none",
  stage: "none", country: "none", decade: "none", area: "none", // charts
  news: "newest", past: "newest", upcoming: "oldest", events: "dates",
};

/** Names in the order of a language: some characters do not count, unless all else is equal. */
function order(lang, strings) {
  const { compare } = new Intl.Collator(cldr(lang, strings).locale);
  const base = new Intl.Collator(cldr(lang, strings).locale, { sensitivity: "base" });
  const ignored = new Set(strings[lang]["language.ignored_in_order"] ?? "");
  const counted = (name) => [...name].filter((letter) => !ignored.has(letter)).join("");
  return {
    compare: (a, b) => compare(counted(a), counted(b)) || compare(a, b),
    base: (a, b) => base.compare(counted(a), b),
  };
}

/** The heading that a name belongs under: the last letter that is not after it. */
function headings(lang, { base }) {
  const letters = [...initials[lang].split(" "), ...initials[lang === "uk" ? "en" : "uk"].split(" ")];
  letters.sort(base);
  // Letters that the language does not tell apart share a heading.
  const different = letters.filter((letter, at) => at === 0 || base(letters[at - 1], letter) !== 0);
  return (name) => different.findLast((letter) => base(name, letter) >= 0) ?? "#";
}

const script = (name) => ["Latin", "Cyrillic", "Greek", "Georgian", "Hebrew", "Arabic", "Armenian"]
  .find((one) => new RegExp(`^[^\\p{L}]*\\p{Script=${one}}`, "u").test(name));

/** The names of an entry of a list: a town has one, a partnership seen from a party one for each partner. */
function names(entry, list) {
  const title = first(entry, ".entry-title") ?? entry;
  return has(list, "partners") ? all(title, "a").map(text) : [text(title)];
}

const stage = (entry) => stages.findIndex((one) => first(entry, `.stage-${one}`));
const day = (entry) => first(entry, "time").attributes.datetime;

/** Whether there is a list of names on a page. */
const listed = (lang, html, strings) =>
  [...marks, strings[lang].also_known_as].some((mark) => html.includes(mark));
const marks = ['class="entries', "<table", 'class="jump', 'class="sitemap'];

/** What is out of order on the pages of a site, and how much was compared. */
async function disorder(out, strings, weighed) {
  const wrong = [], seen = { lists: 0, names: 0, letters: 0, sections: new Set() };
  const orderOf = Object.fromEntries(languages.map((lang) => [lang, order(lang, strings)]));
  const headingOf = Object.fromEntries(languages.map((lang) => [lang, headings(lang, orderOf[lang])]));
  // Lists that go on over several pages, by the address of the first one and their name.
  const whole = new Map();

  const compareAll = (where, items, compare, show = String) => {
    seen.lists += 1;
    seen.names += items.length;
    for (let at = 1; at < items.length; at++) {
      if (compare(items[at - 1], items[at]) > 0) wrong.push(`${where}: ${show(items[at - 1])} before ${show(items[at])}`);
    }
  };

  const wanted = (url, html) => languages.includes(url.split("/")[0]) && listed(url.split("/")[0], html, strings);
  for await (const { url, lang, root } of pages(out, wanted)) {
    const alphabet = orderOf[lang];
    const list = all(root, "#content")[0];
    if (!list) continue; // A page that leads elsewhere.
    const pageless = url.replace(new RegExp(`${strings[lang]["url.page"]}-?/?\\d+/$`), "");
    const part = Number(/(\d+)\/$/.exec(url)?.[1] ?? 1) * (pageless === url ? 0 : 1);
    const collect = (name, kind, items) => {
      const key = `${pageless} ${name}`;
      if (!whole.has(key)) whole.set(key, { lang, kind, parts: [] });
      whole.get(key).parts.push({ part, items });
    };

    const byHand = ["projects", "events", "news"].some((kind) => url.startsWith(`${lang}/${strings[lang][`url.${kind}`]}/`));
    for (const section of all(list, "section")) {
      const label = section.attributes["aria-labelledby"];
      const name = /^s-(.+)$/.exec(label ?? "")?.[1];
      const entries = all(section, "ul").find((one) => has(one, "entries"));
      if (name) seen.sections.add(name);
      if (name && !orders[name]) wrong.push(`${url}: how is “${name}” ordered?`);
      if (entries && name) {
        const items = entries.children.filter((child) => child.name === "li")
          .map((entry) => ({ names: names(entry, entries), stage: stage(entry), entry }));
        const written = (byHand && name === "partnerships") || (weighed && name === "below");
        collect(name, written ? "written" : orders[name], items);
      }
      if (label?.startsWith("stage-")) {
        const at = stages.indexOf(label.slice(6));
        collect("stages", "stage", all(section, ".entry").map((entry) => ({ names: names(entry, entries), stage: at })));
      }
    }

    // An index: each name under its letter, and a bar of the letters.
    const groups = all(list, "section").filter((one) => has(one, "letter"));
    const bar = first(list, "nav.letters") ?? all(list, "nav").find((one) => has(one, "letters"));
    for (const group of groups) {
      const letter = text(first(group, "h2"));
      const found = all(group, ".entry-title").map(text);
      collect("index", "name", found.map((name) => ({ names: [name] })));
      for (const name of found) {
        seen.letters += 1;
        const expected = headingOf[lang](name);
        const own = script(name);
        // Of scripts that are neither Latin nor Cyrillic only the script is known here.
        const known = own === "Latin" || own === "Cyrillic" || !own;
        const right = letter === "…" ? !own : known ? letter === expected : script(letter) === own && alphabet.base(name, letter) >= 0;
        if (!right) wrong.push(`${url}: ${name} under ${letter}, not ${expected}`);
      }
    }
    if (bar) {
      const letters = all(bar, "a").map((link) => ({ letter: text(link), anchor: link.attributes.href }));
      compareAll(`${url} letters`, letters.filter(({ letter }) => letter !== "#" && letter !== "…"), (a, b) => alphabet.compare(a.letter, b.letter), (one) => one.letter);
      for (const { letter, anchor } of letters.filter(({ anchor }) => anchor.startsWith("#"))) {
        const heading = all(list, anchor)[0];
        if (!heading || text(heading) !== letter) wrong.push(`${url}: ${letter} leads to ${heading && text(heading)}`);
      }
      const shown = new Set(letters.map((one) => one.letter));
      for (const group of groups) if (!shown.has(text(first(group, "h2")))) wrong.push(`${url}: ${text(first(group, "h2"))} is not in the bar`);
    }

    // Lists that are no sections.
    const byName = (where, items) => compareAll(where, items, alphabet.compare);
    for (const table of all(list, "table").filter((one) => !has(one, "register"))) {
      // The rows of charts go by their numbers.
      if (url.split("/").length === 3 && !all(list, "svg").length) byName(`${url} rows`, all(table, "th").filter((cell) => cell.attributes.scope === "row").map(text));
    }
    for (const { term, said } of facts(list)) {
      if (term === strings[lang].also_known_as) byName(`${url} also known as`, text(said).split(/, (?!Żabieniec|Chalupy|Яри)/));
    }
    const aside = all(list, "aside").find((one) => all(one, "h2").some((head) => text(head) === strings[lang].member_of));
    if (aside) byName(`${url} member of`, all(aside, ".entry-title").map(text));
    const map = first(list, ".sitemap");
    const free = ["areas"].map((key) => strings[lang][`section.${key}`]);
    if (map) {
      for (const section of all(map, "section")) {
        const head = text(first(section, "h2"));
        const below = all(section, "li").map(text);
        if (below.length && !free.includes(head)) byName(`${url} ${head}`, below);
      }
    }
  }

  for (const [where, { lang, kind, parts }] of whole) {
    parts.sort((a, b) => a.part - b.part);
    const items = parts.flatMap((one) => one.items);
    const show = (item) => `“${item.names.join(", ")}”`;
    const { compare } = orderOf[lang];
    const named = (a, b) => {
      for (let at = 0; at < Math.min(a.names.length, b.names.length); at++) {
        const found = compare(a.names[at], b.names[at]);
        if (found) return found;
      }
      return a.names.length - b.names.length;
    };
    const dated = (sign) => (a, b) => sign * (day(a.entry) < day(b.entry) ? -1 : day(a.entry) > day(b.entry) ? 1 : 0);
    const rules = {
      name: named,
      stage: (a, b) => a.stage - b.stage || named(a, b),
      deadline: dated(1), oldest: dated(1), newest: dated(-1),
    };
    if (rules[kind]) compareAll(where, items, rules[kind], show);
  }
  return { wrong, seen };
}

let strings;
before(async () => { strings = await readStrings(); });

/** Builds a site, and looks at its lists; the sample gives its free pages weights, which no page tells. */
async function look(records) {
  const source = records && await write(records);
  const built = await build("https://example.org/", source?.root);
  try {
    return await disorder(built.out, strings, !records);
  } finally {
    await built.remove();
    await source?.remove();
  }
}

function report(t, { wrong, seen }) {
  t.diagnostic(`${seen.lists} lists of ${seen.names} names, ${seen.letters} names under letters`);
  nothing(wrong, "out of order");
}

test("the lists of the sample are in order", async (t) => {
  const found = await look();
  report(t, found);
  assert.ok(found.seen.lists > 500 && found.seen.sections.size > 12, `only ${found.seen.lists} lists were found`);
});

test("the lists of a large directory are in order", async (t) => {
  const found = await look(await records());
  report(t, found);
  assert.ok(found.seen.letters > 10_000, `only ${found.seen.letters} names stand under letters`);
});

test("the lists of real towns are in order", async (t) => {
  const real = await realRecords();
  if (!real) return t.skip("TWINTOWN_REAL names no folder");
  report(t, await look(real));
});
