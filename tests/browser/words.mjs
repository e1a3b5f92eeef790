// What the theme says in each language, and how CLDR, as Node.js has it, writes the same things.
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "smol-toml";
import { repository } from "./site.mjs";

export const languages = ["pl", "cs", "uk", "en"];
const folder = join(repository, "themes", "default", "strings");

/** The strings files, by language; keys are dotted, a plural stays a table. */
export async function readStrings() {
  const strings = {};
  for (const file of await readdir(folder)) {
    strings[file.replace(".toml", "")] = flat(parse(await readFile(join(folder, file), "utf8")));
  }
  return strings;
}

const forms = new Set(["zero", "one", "two", "few", "many", "other", "nom", "gen", "loc", "adj"]);

function flat(table, prefix = "", into = {}) {
  for (const [name, value] of Object.entries(table)) {
    const one = typeof value === "string" || Object.keys(value).every((key) => forms.has(key));
    if (one) into[prefix + name] = value;
    else flat(value, `${prefix}${name}.`, into);
  }
  return into;
}

/** A text with its placeholders filled; a number stays with its noun. */
export const fill = (pattern, values) =>
  pattern.replaceAll("{n} ", "{n}\u00a0").replaceAll(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

/** All blanks as one kind, and none around a dash. */
export const plain = (words) => words.replaceAll(/[\s\u00a0\u202f\u2009]+/g, " ").replaceAll(/ ?[–—] ?/g, "–");

/** A language as CLDR has it. */
export function cldr(lang, strings) {
  const locale = strings[lang]["language.locale"] ?? lang;
  const numbers = new Intl.NumberFormat(locale);
  const plurals = new Intl.PluralRules(locale);
  const lists = new Intl.ListFormat(locale);
  const countries = new Intl.DisplayNames([locale], { type: "region" });
  const tongues = new Intl.DisplayNames([locale], { type: "language" });
  return {
    locale,
    number: (n) => numbers.format(n),
    category: (n) => plurals.select(n),
    list: (items) => lists.format(items),
    country: (code) => countries.of(code),
    language: (tag) => tongues.of(tag),
    /** The text of a message for `n` things. */
    count: (key, n) => fill(strings[lang][key][plurals.select(n)] ?? strings[lang][key].other, { n: numbers.format(n) }),
  };
}
