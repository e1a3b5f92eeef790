// What is in another language than its page says so, where it stands.
import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { before, test } from "node:test";
import { TomlDate, parse } from "smol-toml";
import { countries, tongues, write } from "./directory.mjs";
import { elements, folded, languageOf, pages } from "./page.mjs";
import { build, nothing, repository } from "./site.mjs";
import { cldr, languages, readStrings } from "./words.mjs";

/** Letters and figures only, with a blank around each word: texts are compared as wholes of words. */
const bare = (words) => ` ${words.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, " ").trim()} `;
const letters = (words) => words.replaceAll(/[^\p{L}]/gu, "").length;

/** Texts of a record by language; `any` for what is the same in all of them. */
function gather(value, add) {
  if (typeof value === "string") return add("any", value);
  if (Array.isArray(value)) return value.forEach((item) => gather(item, add));
  if (!value || typeof value !== "object" || value instanceof Date) return;
  const keys = Object.keys(value);
  const localised = keys.length > 0 && keys.every((key) => /^[a-z]{2,3}$/.test(key)) && keys.some((key) => languages.includes(key));
  for (const [key, inner] of Object.entries(value)) gather(inner, localised ? (_, words) => add(key, words) : add);
}

/** All texts of the sample and of the theme, by language. */
async function vocabulary(strings) {
  const words = { any: new Set() };
  const add = (lang, text) => (words[lang] ??= new Set()).add(text);
  for (const lang of languages) {
    for (const forms of Object.values(strings[lang])) {
      for (const text of typeof forms === "string" ? [forms] : Object.values(forms)) text.split(/\{\w+\}/).forEach((part) => add(lang, part));
    }
    const says = cldr(lang, strings);
    for (const code of countries) add(lang, says.country(code));
    for (const tag of tongues) add(lang, says.language(tag));
  }
  const content = join(repository, "content");
  for (const path of await readdir(content, { recursive: true })) {
    const [, lang] = /(?:^|[./])([a-z]{2})\.md$/.exec(path) ?? [];
    if (!lang && !path.endsWith(".toml")) continue;
    const source = await readFile(join(content, path), "utf8");
    if (!lang) {
      gather(parse(source), add);
      continue;
    }
    const [, front, body] = /^(?:\+\+\+\n(.*?)\n\+\+\+)?(.*)$/s.exec(source);
    // Plain strings above a text are in its language.
    if (front) gather(parse(front), (own, words) => add(own === "any" ? lang : own, words));
    add(lang, body);
  }
  return words;
}

/** Finds texts of other languages than the one that is said to be read. */
function detector(words) {
  const known = Object.fromEntries(Object.entries(words).map(([lang, texts]) => [lang, [...texts].map(bare).join("|")]));
  const marks = new Map();
  for (const [lang, texts] of Object.entries(words)) {
    for (const text of lang === "any" ? [] : texts) {
      const mark = bare(text);
      if (letters(mark) < 5 || mark.length > 400 || marks.has(mark)) continue;
      marks.set(mark, new Set(Object.keys(known).filter((other) => known[other].includes(mark))));
    }
  }
  const foreign = [...marks].filter(([, owners]) => !owners.has("any"));
  const found = new Map();
  const find = (lang, text, whole) => {
    // Addresses are in no language.
    const read = bare(text.replaceAll(/\S+[.@]\S*\w/g, " "));
    const hit = foreign.find(([mark, owners]) => !owners.has(lang) && (whole ? read === mark : read.includes(mark)));
    return hit && { words: hit[0].trim(), owners: [...hit[1]] };
  };
  return {
    marks: foreign.length,
    find: (lang, text, whole) => {
      const key = `${lang} ${whole} ${text}`;
      if (!found.has(key)) found.set(key, find(lang, text, whole));
      return found.get(key);
    },
    known,
  };
}

/** What is read on a page, with the language it is said to be in. */
function* read(root) {
  for (const node of elements(root)) {
    if (["head", "script", "style", "title"].includes(node.name) || node.parent.name === "head") continue;
    for (const name of ["alt", "aria-label"]) {
      if (node.attributes[name]) yield { lang: languageOf(node), text: node.attributes[name], where: `${name} of ${node.name}` };
    }
    for (const child of node.children) {
      if (typeof child === "string" && child.trim()) yield { lang: languageOf(node), text: folded(child), where: node.name };
    }
  }
}

const cyrillic = /\p{Script=Cyrillic}{2}/u;
const western = /[ąęłńśźżěřů]/iu;

/** What of a site is in a language that it does not say. */
async function look(out, words, scripts = true) {
  const { find, marks, known } = detector(words);
  const wrong = [], seen = { texts: 0, marked: 0, marks };
  for await (const { url, lang: page, root } of pages(out, (url) => languages.includes(url.split("/")[0]))) {
    for (const { lang, text, where } of read(root)) {
      if (where === "code") continue; // Names of things in the program.
      seen.texts += 1;
      if (lang !== page) seen.marked += 1;
      // No part of an attribute can say that it is in another language: a name may stand in it.
      const other = find(lang, text, !scripts && where.includes(" of "));
      if (other) wrong.push(`${page} ${where}: “${text.slice(0, 120)}” has “${other.words.slice(0, 60)}” of ${other.owners}, is said to be ${lang} (${url})`);
      const script = !scripts ? null : lang === "uk" ? western : languages.includes(lang) ? cyrillic : null;
      // Names that are the same in all languages, or have no other form in this one.
      const strange = script && bare(text).split(" ").find((word) => script.test(word) && !known.any.includes(` ${word} `) && !known[lang].includes(` ${word} `));
      if (strange) wrong.push(`${page} ${where}: “${strange}” in “${text.slice(0, 120)}” is not in the letters of ${lang} (${url})`);
    }
  }
  return { wrong, seen };
}

/** A site in which each text is in one language only: each stands in for the others. */
function lonely(lang) {
  const texts = new Set();
  const only = (about) => {
    const text = `Zażółć ${about} ${texts.size}`;
    texts.add(text);
    return { [lang]: text };
  };
  const source = () => ({ publisher: only("vydavatel"), title: only("pramen"), accessed: 2020 });
  const common = () => ({
    summary: only("souhrn"),
    image: { file: "/media/a.svg", alt: only("obraz"), caption: only("popisek"), credit: only("autor") },
    gallery: [{ file: "/media/a.svg", alt: only("obraz"), caption: only("popisek") }],
    links: [{ title: only("odkaz"), url: "https://example.com/" }],
    documents: [{ title: only("listina"), kind: "agreement", body: only("rada"), file: "/media/a.pdf", id: "d", language: "de" }],
    contact: { office: only("úřad"), role: only("role"), address: only("ulice"), hours: only("hodiny"), email: "a@example.org" },
    sources: [source()],
  });
  const party = () => ({ name: only("jméno"), official_name: only("úřední"), community: only("krajané"), coat_of_arms: "/media/a.svg", ...common() });
  const all = {
    "areas.toml": { schools: { name: only("oblast"), description: only("popis"), examples: { [lang]: [only("příklad")[lang]] } } },
    "topics.toml": { art: { name: only("téma"), description: only("popis") } },
    "regions/r.toml": { ...party(), country: "CZ" },
    "cities/a.toml": { ...party(), country: "CZ", part_of: "r", member_of: ["o"], population: { count: 5000, source: only("sčítání") } },
    "cities/b.toml": { ...party(), country: "CZ" },
    "institutions/i.toml": { ...party(), part_of: "a", kind: "school" },
    "organisations/o.toml": { ...party(), kind: "ngo", level: "local", short_name: only("zkratka"), services: { [lang]: [only("služba")[lang]] }, seat: only("sídlo") },
    "partnerships/p.toml": {
      ...common(), parties: ["a", "b"], areas: ["schools"], initiated_by: "o", participants: ["i"], confirmed: { date: 2020, by: "b" },
      step: [{ type: "approval", date: 2019, by: "a", note: only("poznámka"), place: only("místo"), document: "d", source: source() }],
    },
    "seekers/s.toml": { ...common(), party: "a", until: 2030, areas: ["schools"], regions: ["r"], size: only("velikost") },
    "news/n.toml": {
      ...common(), title: only("zpráva"), date: new TomlDate("2020-01-01"), author: only("pisatel"), parties: ["a"], partnerships: ["p"],
      areas: ["schools"], topics: ["art"], source: source(),
    },
    "news/m.toml": { title: only("zpráva"), date: new TomlDate("2020-02-01"), parties: ["a"], topics: ["art"] },
    "events/e.toml": { ...common(), title: only("akce"), start: new TomlDate("2027-01-01"), place: "b", venue: only("sál"), organiser: "o", parties: ["a"], from: "a", to: "b", topics: ["art"] },
    "projects/j.toml": { ...common(), title: only("projekt"), parties: ["a"], partnerships: ["p"], programme: only("program"), funding: only("peníze"), start: 2019, areas: ["schools"] },
    "pages/g.toml": { ...common(), title: only("stránka"), menu: { in: "main" } },
    "pages/h.toml": { title: only("stránka"), parent: "g", menu: { in: "footer" } },
  };
  return { all, texts };
}

let words;
before(async () => { words = await vocabulary(await readStrings()); });

test("what stands in for a missing text says its language", async (t) => {
  for (const lang of ["cs", "uk"]) {
    const { all, texts } = lonely(lang);
    const source = await write(all, { "media/a.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "media/a.pdf": "%PDF-1.4\n%%EOF\n" });
    try {
      const { out, remove } = await build("https://example.org/", source.root);
      try {
        const { wrong, seen } = await look(out, { any: new Set(), [lang]: texts, ...Object.fromEntries(languages.filter((other) => other !== lang).map((other) => [other, new Set()])) }, false);
        t.diagnostic(`${seen.texts} texts, ${seen.marked} in another language than their page, ${seen.marks} texts looked for`);
        nothing(wrong, "stands in without saying so");
        assert.ok(seen.marked > 1000 && seen.marks === texts.size);
      } finally {
        await remove();
      }
    } finally {
      await source.remove();
    }
  }
});

test("no text of one language passes for another", async (t) => {
  const { out, remove } = await build("https://example.org/");
  try {
    const { wrong, seen } = await look(out, words);
    t.diagnostic(`${seen.texts} texts, ${seen.marked} in another language than their page, ${seen.marks} texts looked for`);
    nothing(wrong, "in another language");
    assert.ok(seen.texts > 50_000 && seen.marked > 500 && seen.marks > 1500);
  } finally {
    await remove();
  }
});
