// Numbers with their nouns, lists in sentences, and the names of countries and languages
// are written as each language does it, as CLDR has it in Node.js.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { before, test } from "node:test";
import { memberCounts, memberAmounts, partnerCounts, records, write, countries } from "./directory.mjs";
import { all, facts, first, has, ownText, pages, text } from "./page.mjs";
import { build, nothing } from "./site.mjs";
import { cldr, languages, plain, readStrings } from "./words.mjs";

const categories = ["zero", "one", "two", "few", "many", "other"];
const escaped = (words) => words.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
const value = (shown) => Number(shown.replaceAll(/[^\d]/g, ""));

/** Texts about a number: for each form of each message, what finds it. */
function messages(lang, strings) {
  return Object.entries(strings[lang]).filter(([key]) => key.startsWith("count.")).flatMap(([key, forms]) =>
    Object.entries(forms).map(([category, pattern]) => {
      const [before, after] = plain(pattern).split("{n}").map(escaped);
      return { key, category, found: new RegExp(`^${before}(\\d[\\d ,.]*)${after}(?: \\(.*\\))?$`, "u") };
    }));
}

/** Whether an editor wrote it: years in a table are no numbers of anything. */
const written = (node) => node && (has(node, "body") || written(node.parent));

/** Looks at every number, list and name on the pages of a site. */
async function look(root) {
  const strings = await readStrings();
  const wrong = [], seen = { counts: 0, numbers: 0, lists: 0, countries: 0, languages: 0, members: 0, keys: new Map() };
  const says = Object.fromEntries(languages.map((lang) => [lang, cldr(lang, strings)]));
  const known = Object.fromEntries(languages.map((lang) => [lang, messages(lang, strings)]));
  const built = await build("https://example.org/", root);
  try {
    const data = async (kind) => JSON.parse(await readFile(join(built.out, "data", `${kind}.json`), "utf8").catch(() => "[]"));
    const rows = new Map();
    for (const kind of ["cities", "organisations", "seekers", "partnerships"]) {
      for (const row of await data(kind)) {
        for (const url of Object.values(row.urls)) rows.set(url.replace("https://example.org/", ""), { kind, ...row });
      }
    }
    const parties = new Map([...rows.values()].filter((row) => row.name).map((row) => [row.id, row]));

    for await (const { url, lang, root } of pages(built.out, (url) => languages.includes(url.split("/")[0]))) {
      const own = strings[lang], say = says[lang];
      const content = first(root, "#content");
      if (!content) continue;
      const same = (what, shown, expected) => {
        if (shown !== expected) wrong.push(`${url}: ${what} is “${shown}”, not “${expected}”`);
      };

      /** A number with its noun; the words are one of the forms of a message. */
      const count = (shown, where) => {
        const found = known[lang].flatMap((message) => {
          const match = message.found.exec(plain(shown));
          return match ? [{ ...message, n: value(match[1]) }] : [];
        });
        if (found.length === 0) return where && wrong.push(`${url}: “${shown}” is no number of anything`);
        seen.counts += 1;
        const right = found.find(({ key, n }) => shown.replace(/ \(.*\)$/, "") === say.count(key, n));
        if (right) {
          if (!seen.keys.has(`${lang} ${right.key}`)) seen.keys.set(`${lang} ${right.key}`, new Set());
          seen.keys.get(`${lang} ${right.key}`).add(right.n);
        } else {
          const { key, n } = found[0];
          same("a count", shown, say.count(key, n));
        }
      };
      for (const one of all(content, ".count")) count(text(one), true);
      for (const one of [...all(content, ".meta"), ...all(content, ".lead"), ...all(content, "dd")]) {
        for (const words of ownText(one).split("; ")) count(words, false);
      }
      // The number and its label stand apart on the home page.
      const numbers = all(content, "section").find((one) => has(one, "numbers"));
      for (const { term, said } of numbers ? facts(numbers) : []) {
        const shown = text(first(said, "strong"));
        seen.counts += 1;
        same("a number", shown, say.number(value(shown)));
        const labels = Object.keys(own).filter((key) => key.startsWith("number.")).map((key) => own[key]);
        const category = say.category(value(shown));
        if (!labels.some((forms) => (forms[category] ?? forms.other) === term)) wrong.push(`${url}: ${shown} “${term}”`);
      }
      for (const cell of [...all(content, "td").filter((one) => has(one, "end") && !written(one)), ...all(content, ".stage-numbers").flatMap((one) => all(one, "strong"))]) {
        seen.numbers += 1;
        same("a number", text(cell), say.number(value(text(cell))));
      }
      for (const file of all(content, "a.file")) {
        const [, amount, unit] = /(\d[\d.,\s\u00a0\u202f]*)([^\s\d,)]+)/u.exec(/\(([^()]*)\)$/.exec(text(file))[1].split(", ")[1]) ?? [];
        const key = ["size.kb", "size.mb"].find((key) => own[key].endsWith(` ${unit}`));
        seen.numbers += 1;
        if (!key || amount !== `${say.number(value(amount))}\u00a0`) wrong.push(`${url}: the size in “${text(file)}”`);
      }

      // What the records say, in the words of the language.
      const row = rows.get(url);
      const fact = Object.fromEntries(facts(content).map(({ term, said }) => [term, said]));
      if (row?.population) {
        seen.numbers += 1;
        same("the population", ownText(fact[own.population]), say.number(row.population.count));
      }
      if (row?.members_total) {
        const { count, at_least, approx, year } = row.members_total;
        const pattern = at_least ? own["amount.at_least"] : approx ? own["amount.approximate"] : "{n}";
        seen.members += 1;
        const shown = pattern.replace("{n}", say.number(count));
        same("the members", text(fact[own.members_total]), `${shown} (${year ?? own["date.unknown"]})`);
      }
      const list = (term, items, what) => {
        if (!items?.length) return;
        seen.lists += 1;
        seen[what] += items.length;
        same(term, fact[term] && text(fact[term]), say.list(items));
      };
      if (row?.kind === "seekers" || row?.until) {
        list(own.wanted_countries, row.countries?.map(say.country), "countries");
        list(own.contact_languages, (row.languages ?? []).map(say.language), "languages");
      } else {
        list(own.contact_languages, row?.contact?.languages?.map(say.language), "languages");
      }
      const approved = row?.steps && new Set(row.steps.filter((step) => step.type === "approval" && step.by).map((step) => step.by));
      if (approved?.size && row.stage === "approved") {
        const detail = text(all(first(content, ".stage-line"), "span")[1]);
        const name = (id) => parties.get(id).name[lang] ?? parties.get(id).name;
        for (const [key, ids] of [["approved_by", row.parties.filter((id) => approved.has(id))], ["waiting_for", row.parties.filter((id) => !approved.has(id))]]) {
          if (!ids.length) continue;
          const expected = own[`stage_detail.${key}`].replace("{parties}", say.list(ids.map(name)));
          seen.lists += 1;
          if (!detail.includes(expected)) wrong.push(`${url}: “${detail}” without “${expected}”`);
        }
      }

      // Names of countries, by where they lead; of languages, by what a link says of itself.
      for (const link of all(content, "a").filter((one) => one.attributes.href)) {
        const { pathname } = new URL(link.attributes.href, `https://example.org/${url}`);
        const code = new RegExp(`^/${lang}/${own["url.countries"]}/([a-z]{2})/$`).exec(pathname)?.[1];
        const turns = ["prev", "next"].includes(link.attributes.rel) || /^\d+$/.test(ownText(link));
        if (code && !turns && !link.attributes.href.includes("#")) {
          seen.countries += 1;
          same(`the country ${code}`, text(link), say.country(code.toUpperCase()));
        }
        const tongue = link.attributes.hreflang;
        if (!tongue || link.parent.name !== "li") continue;
        const beside = has(link, "file") ? text(link) : ownText(link.parent);
        seen.languages += 1;
        if (!beside.endsWith(`${say.language(tongue)})`)) wrong.push(`${url}: “${beside}” is not ${say.language(tongue)}`);
      }
    }
    return { wrong, seen };
  } finally {
    await built.remove();
  }
}

function report(t, { wrong, seen }) {
  t.diagnostic(`${seen.counts} counts of ${seen.keys.size} messages, ${seen.numbers} numbers, ${seen.members} numbers of members, ` +
    `${seen.lists} lists, ${seen.countries} names of countries, ${seen.languages} of languages`);
  nothing(wrong, "numbers, lists, names");
}

test("numbers, lists and names of the sample are those of its languages", async (t) => {
  const found = await look();
  report(t, found);
  assert.ok(found.seen.counts > 500 && found.seen.numbers > 300 && found.seen.countries > 1000, "too little was found");
});

test("numbers, lists and names of a large directory are those of its languages", async (t) => {
  const source = await write(await records());
  try {
    const found = await look(source.root);
    report(t, found);
    const { keys, members } = found.seen;
    for (const lang of languages) {
      const shown = keys.get(`${lang} count.partnerships`);
      assert.deepEqual(partnerCounts.filter((n) => n > 0 && !shown.has(n)), [], `${lang}: partnerships`);
    }
    assert.equal(members, languages.length * memberAmounts.length * memberCounts.length);
    assert.ok(found.seen.countries > countries.length * languages.length);
  } finally {
    await source.remove();
  }
});
