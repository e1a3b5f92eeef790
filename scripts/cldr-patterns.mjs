// Writes src/lang/cldr/{alphabets,ranges}.tsv: the letters that stand over an
// index, and how a range of dates is folded, one row a locale.
//
//   npm install --no-save cldr-misc-full@48 cldr-dates-full@48
//   node scripts/cldr-patterns.mjs
//
// The data is CLDR's, under the Unicode License v3 (see LICENSE-UNICODE); it is
// checked in because ICU4X has neither index characters nor date intervals.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";

const read = (part, locale, file) =>
  JSON.parse(readFileSync(`node_modules/cldr-${part}-full/main/${locale}/${file}.json`, "utf8")).main[locale];
// Variants of a language by country hardly ever differ here; English does in the order of a date.
const locales = readdirSync("node_modules/cldr-misc-full/main")
  .filter((locale) => /^[a-z]{2,3}(-[A-Z][a-z]{3})?$/.test(locale) || ["en-GB", "en-US"].includes(locale))
  .sort();

// `[A Ä {CH} DĎ]` is a set: what stands together shares a heading, braces hold letters of several characters.
function alphabet(set) {
  const groups = set.slice(1, -1).trim().split(/\s+/).filter(Boolean);
  return groups.map((group) => {
    const letters = group.startsWith("{") ? group.slice(1, -1) : [...group][0];
    const [first, ...rest] = letters.replace(/\\/g, "");
    return first + rest.join("").toLocaleLowerCase();
  }).join(" ");
}

// Patterns of UTS 35 with the month in letters; `d`, `M`, `y` are the first date's
// until one comes again, then the second's. Quoted letters are text.
function range(items) {
  const one = (item, part) => {
    if (!item?.[part]) return "";
    return item[part].split("'").map((piece, index) => index % 2 ? `'${piece}'` : piece
      .replace(/(^|[^\p{L}])M\.(?!\p{L})/gu, "$1M") // the month in figures: its dot goes with it
      .replace(/[ML]+/g, "M")
      .replace(/d+/g, "d")
      .replace(/y+/g, "y")
      // Numbers stand close to the dash, dates of several words do not (14–17 June, 30 June – 2 July).
      .replace(/\s*–\s*/g, part === "d" ? "–" : "\u00a0– ")
      // A day stays with its month.
      .replace(/(d\.?) /g, "$1\u00a0")
      .replace(/M (?=d)/g, "M\u00a0")
    ).join("").replace(/y '/g, "y\u202f'"); // and a year with the word for it
  };
  const days = items.yMMMMd ?? items.yMMMd;
  const months = items.yMMMM ?? items.yMMM;
  const close = (pattern) => pattern.replace(/^([^–]*)M\u00a0– M([^–]*)$/, "$1M–M$2");
  return [one(days, "d"), one(days, "M"), one(days, "y"), close(one(months, "M")), one(months, "y")];
}

// What CLDR has for a language without data of its own.
const ROOT = "y M\u00a0d–d";

const alphabets = [], ranges = [];
for (const locale of locales) {
  const letters = read("misc", locale, "characters").characters.index;
  if (letters && letters !== "[]") alphabets.push(`${locale}\t${alphabet(letters)}`);
  const gregorian = read("dates", locale, "ca-gregorian").dates.calendars.gregorian;
  const row = range(gregorian.dateTimeFormats.intervalFormats);
  if (row.every(Boolean) && row[0] !== ROOT) ranges.push([locale, ...row].join("\t"));
}
const write = (name, head, rows) =>
  writeFileSync(new URL(`../src/lang/cldr/${name}.tsv`, import.meta.url), [head, ...rows].join("\n") + "\n");
write("alphabets", "locale\tletters", alphabets);
write("ranges", "locale\twithin a month\twithin a year\tacross years\tmonths of a year\tmonths of years", ranges);
