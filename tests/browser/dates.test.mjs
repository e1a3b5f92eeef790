// Every date is written as its language does it, as CLDR has it in Node.js.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { before, test } from "node:test";
import { TomlDate } from "smol-toml";
import { write } from "./directory.mjs";
import { all, facts, first, pages, text } from "./page.mjs";
import { build, nothing } from "./site.mjs";
import { cldr, fill, languages, plain, readStrings } from "./words.mjs";

const utc = { timeZone: "UTC" };
const fields = { day: { day: "numeric", month: "long", year: "numeric" }, month: { month: "long", year: "numeric" }, year: { year: "numeric" } };

/** `2014-06` as the first day it can mean, and how much of it is known. */
function read(iso) {
  const [, year, month = "1", day = "1"] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(iso);
  const time = /T(\d\d):(\d\d)(?::\d\d)?(Z|[+-]\d\d:\d\d)?$/.exec(iso);
  return {
    date: new Date(Date.UTC(year, month - 1, day)),
    precision: ["year", "month", "day"][iso.split("T")[0].split("-").length - 1],
    time: time && new Date(Date.UTC(year, month - 1, day, time[1], time[2])),
    offset: time?.[3],
  };
}

/** How a language writes dates. */
function dates(lang, strings) {
  const { locale } = cldr(lang, strings);
  const own = strings[lang];
  const format = Object.fromEntries(Object.entries(fields).map(([name, wanted]) => [name, new Intl.DateTimeFormat(locale, { ...wanted, ...utc })]));
  const long = new Intl.DateTimeFormat(locale, { dateStyle: "long", ...utc });
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: "short", ...utc });
  const parts = (iso, precision = "day") => {
    const { date } = read(iso);
    return Object.fromEntries(format[precision].formatToParts(date).map(({ type, value }) => [type, value]));
  };
  /** By itself: 19 December 2025, December 2025, 2025. */
  const alone = (iso) => {
    const { date, precision } = read(iso);
    return precision === "day" ? long.format(date) : format[precision].format(date);
  };
  /** After a word that governs it: the month as in a full date, and what the strings say of a year. */
  const of = (iso) => {
    const { date, precision } = read(iso);
    if (precision === "year") return fill(own["date.of.year"], { year: parts(iso).year });
    if (precision === "day") return alone(iso);
    return format.month.formatToParts(date).map(({ type, value }) => (type === "month" ? parts(iso).month : value)).join("");
  };
  /** As the answer to "when". */
  const on = (iso) => {
    const { date, precision } = read(iso);
    const in_month = own[`date.in_month.${date.getUTCMonth() + 1}`];
    return fill(own[`date.on.${precision}`], { date: alone(iso), in_month, year: parts(iso).year });
  };
  /** From one date to another. */
  const range = (from, to) => {
    const [a, b] = [read(from), read(to)];
    if (from === to) return alone(from);
    if (a.precision !== b.precision) return `${alone(from)} – ${alone(to)}`;
    const folded = format[a.precision].formatRange(a.date, b.date);
    const [first, last] = [parts(from, a.precision), parts(to, a.precision)];
    const years = first.year === last.year;
    if (a.precision === "month") {
      // CLDR folds months of a year only where they are abbreviated.
      const end = format.month.formatToParts(b.date);
      const month = years ? `${first.month}–${last.month}` : `${first.month} ${first.year}–${last.month}`;
      const shown = plain(end.map(({ type, value }) => (type === "month" ? month : value)).join(""));
      return years ? shown : shown.replace(/ р\.$/, " рр."); // Ukrainian: of the years
    }
    // Where CLDR has a range in figures only, its words are put together.
    if (a.precision === "day" && !folded.includes(last.month)) {
      const dot = long.format(a.date).includes(`${first.day}.`) ? "." : "";
      const end = `${last.day}${dot} ${last.month} ${last.year}`;
      if (years && first.month === last.month) return `${first.day}${dot}–${end}`;
      return `${first.day}${dot} ${first.month}${years ? "" : ` ${first.year}`}–${end}`;
    }
    return folded;
  };
  const zone = (offset) => {
    if (offset === "Z") return "UTC";
    const [, sign, hours, minutes] = /^([+-])0?(\d+):(\d\d)$/.exec(offset);
    return `UTC${sign === "-" ? "\u2212" : sign}${hours}${minutes === "00" ? "" : `:${minutes}`}`;
  };
  const zoned = (moment, offset) => (offset ? fill(own["date.with_zone"], { moment, zone: zone(offset) }) : moment);
  const moment = (iso) => {
    const { time } = read(iso);
    return time ? fill(own["date.with_time"], { date: alone(iso.split("T")[0]), time: clock.format(time) }) : alone(iso);
  };
  /** When an event is. */
  const when = (from, to) => {
    const [a, b] = [read(from), read(to ?? from)];
    const [day, last] = [from, to ?? from].map((iso) => iso.split("T")[0]);
    if (!a.time && !b.time) return range(from, to ?? from);
    if (!to || from === to || (day === last && !b.time)) return zoned(moment(from), a.offset);
    const same = a.offset === b.offset;
    if (day === last && a.time && same) {
      return zoned(fill(own["date.with_times"], { date: alone(day), from: clock.format(a.time), to: clock.format(b.time) }), b.offset);
    }
    return `${a.time && b.time && same ? moment(from) : zoned(moment(from), a.offset)} – ${zoned(moment(to), b.offset)}`;
  };
  /** Which form the words before a date, or the term above it, ask for. */
  const governed = Object.values(own).flatMap((pattern) => {
    const found = typeof pattern === "string" && /^(.*?)\{(of_date|on_date)\}/.exec(pattern);
    return found && found[1].trim() ? [[plain(found[1]).trim(), found[2] === "of_date" ? of : on]] : [];
  });
  const terms = new Map([[own.since, of], [own.deadline, of], [own.last_confirmed, on]]);
  /** The form that the date of a stage has: when it came about, or since when it lasts. */
  const ofStage = (stage) => stage && (own[`stage_since.${stage}`].includes("{on_date}") ? on : of);
  const form = (before, term, stage) =>
    terms.get(term) ?? governed.find(([words]) => new RegExp(`(^|[^\\p{L}])${words}$`, "u").test(before.trim()))?.[1] ?? ofStage(stage) ?? alone;
  const period = (from, to) => (from && to ? range(from, to)
    : from ? fill(own["date.since"], { of_date: of(from) }) : fill(own["date.until"], { of_date: of(to) }));
  return { alone, of, on, when, form, period };
}

/** What is read before an element, in its parent. */
function wordsBefore(node) {
  const at = node.parent.children.indexOf(node);
  return plain(node.parent.children.slice(0, at).map((child) => (typeof child === "string" ? child : text(child))).join(""));
}

/** Figures stand with the words they belong to. */
const loose = (words) => /\d\.? \p{L}|\p{L} \d{1,2}\.?$/u.test(words);

/** Looks at every date of a site; `known` has when each event and project is, where the data says less. */
async function look(root, known, strings) {
  const wrong = [], seen = { dates: 0, forms: new Map(), ranges: 0, times: 0, periods: 0 };
  const ways = Object.fromEntries(languages.map((lang) => [lang, dates(lang, strings)]));
  const built = await build("https://example.org/", root);
  try {
    const data = async (kind) => JSON.parse(await readFile(join(built.out, "data", `${kind}.json`), "utf8"));
    const events = new Map(), projects = new Map();
    for (const [kind, into] of [["events", events], ["projects", projects]]) {
      for (const row of await data(kind)) {
        for (const url of Object.values(row.urls)) into.set(url.replace("https://example.org/", ""), known[row.id] ?? [row.start, row.end]);
      }
    }
    for await (const { url, lang, root } of pages(built.out, (url) => languages.includes(url.split("/")[0]))) {
      const way = ways[lang];
      const terms = new Map(facts(root).flatMap(({ term, said }) => all(said, "time").map((time) => [time, term])));
      const leads = (node) => new URL(node.attributes.href, `https://example.org/${url}`).pathname.slice(1);
      const check = (what, shown, expected) => {
        if (plain(shown) !== plain(expected)) wrong.push(`${url}: ${what} is “${shown}”, not “${expected}”`);
        if (loose(shown)) wrong.push(`${url}: a line may end within “${shown}”`);
      };
      for (const time of all(root, "time")) {
        const iso = time.attributes.datetime;
        const entry = time.parent.parent;
        const link = entry.attributes?.class === "entry" && first(entry, "a") && all(entry, ".entry-title").flatMap((title) => all(title, "a"))[0];
        const event = events.get(link ? leads(link) : terms.get(time) === strings[lang].when ? url : "");
        seen.dates += 1;
        if (event) {
          seen.ranges += event[1] ? 1 : 0;
          seen.times += iso.includes("T") ? 1 : 0;
          check(iso, text(time), way.when(event[0], event[1]));
          continue;
        }
        const stage = /stage-detail of-(\w+)/.exec(time.parent.attributes?.class)?.[1];
        const form = way.form(wordsBefore(time), terms.get(time), stage);
        const name = `${lang} ${["alone", "of", "on"].find((name) => way[name] === form)} ${read(iso).precision}`;
        seen.forms.set(name, (seen.forms.get(name) ?? 0) + 1);
        check(iso, text(time), form(iso));
      }
      // Periods are texts.
      const period = (project, shown) => {
        seen.periods += 1;
        check("the period", shown, way.period(...project));
      };
      for (const { term, said } of facts(root)) {
        if (term === strings[lang].period && projects.has(url)) period(projects.get(url), text(said));
      }
      for (const entry of all(root, ".entry")) {
        const link = first(entry, "a");
        const project = link && projects.get(leads(link));
        const shown = first(entry, ".meta");
        if (project && shown) period(project, text(shown));
      }
    }
  } finally {
    await built.remove();
  }
  return { wrong, seen };
}

/** A site with dates of all kinds and months. */
function calendar() {
  const two = (n) => String(n).padStart(2, "0");
  const all = {}, known = {};
  const event = (start, end) => {
    const id = `e${Object.keys(known).length}`;
    known[id] = [start, end];
    const value = (iso) => (/-\d\d-\d\d/.test(iso) ? new TomlDate(iso) : iso);
    all[`events/${id}.toml`] = { title: `Event ${id}`, start: value(start), ...(end && { end: value(end) }) };
  };
  const project = (start, end) => {
    const id = `r${Object.keys(known).length}`;
    known[id] = [start, end];
    all[`projects/${id}.toml`] = { title: `Project ${id}`, parties: ["a"], ...(start && { start }), ...(end && { end }) };
  };
  all["cities/a.toml"] = { name: "A", country: "PL" };
  const dates = [];
  for (let month = 1; month <= 12; month++) {
    const at = `${2001 + month}-${two(month)}`;
    dates.push(`${at}-${two(month)}`, `${at}-${two(32 - month)}`.replace(/-(31|30|29)$/, "-28"), at, String(2001 + month));
    event(`${at}-03`, `${at}-17`);
    event(`${at}-28`, `${2001 + month + (month === 12 ? 1 : 0)}-${two(month % 12 + 1)}-02`);
    event(`${at}-28`, `${2003 + month}-${two(month % 12 + 1)}-02`);
    event(at);
    project(at, `${2001 + month}-${two(Math.min(12, month + 3))}`);
    project(at, `${2003 + month}-${two(month)}`);
    project(`${at}-04`, `${2003 + month}-${two(month)}-05`);
    project(at);
    project(undefined, at);
    project(`${at}-04`);
    for (const offset of ["", "+02:00", "-03:30", "Z"]) {
      event(`${at}-05T${two(month * 2 - 1)}:05:00${offset}`);
      event(`${at}-05T${two(month)}:30:00${offset}`, `${at}-05T${two(month + 9)}:00:00${offset}`);
      event(`${at}-05T${two(month)}:30:00${offset}`, `${at}-07T00:00:00${offset}`);
    }
  }
  event("2020");
  event("2020-02-29");
  project("2019", "2021");
  project("2019", "2021-05");
  project("2019");
  project(undefined, "2021");
  for (const [n, date] of dates.entries()) {
    const source = { publisher: "P", published: date, accessed: date };
    all[`cities/b${n}.toml`] = { name: `B ${n}`, country: "PL" };
    all[`partnerships/p${n}.toml`] = {
      parties: ["a", `b${n}`],
      confirmed: { date },
      sources: [source],
      documents: [{ title: "D", kind: "agreement", date }],
      step: [
        { type: "signing", date, valid_until: `20${two(30 + n)}-${two(n % 12 + 1)}`, effective: date, source },
        { type: "annex", date: `20${two(30 + n)}` },
      ],
    };
    all[`news/n${n}.toml`] = { title: `News ${n}`, date: /-\d\d-\d\d/.test(date) ? new TomlDate(date) : new TomlDate(`${date.padEnd(7, "-01").slice(0, 7)}-01`) };
  }
  return { all, known };
}

let strings;
before(async () => { strings = await readStrings(); });

function report(t, { wrong, seen }) {
  t.diagnostic(`${seen.dates} dates, of which ${seen.ranges} ranges and ${seen.times} with times; ${seen.periods} periods`);
  nothing(wrong, "dates");
}

test("the dates of the sample are those of its languages", async (t) => {
  const found = await look(undefined, {}, strings);
  report(t, found);
  assert.ok(found.seen.dates > 2000 && found.seen.ranges > 10 && found.seen.periods > 3);
});

test("dates of all kinds and months are those of their languages", async (t) => {
  const { all, known } = calendar();
  const source = await write(all);
  try {
    const found = await look(source.root, known, strings);
    report(t, found);
    for (const lang of languages) {
      for (const form of ["alone", "of", "on"]) {
        for (const precision of ["day", "month", "year"]) {
          assert.ok(found.seen.forms.get(`${lang} ${form} ${precision}`) >= 12, `${lang}: dates ${form}, with the ${precision}`);
        }
      }
    }
    assert.ok(found.seen.ranges > 400 && found.seen.times > 400 && found.seen.periods > 400);
  } finally {
    await source.remove();
  }
});
