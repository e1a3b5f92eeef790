// The pages that every generator is given: what the directory publishes of its records (`data/*.json`), the
// records' Markdown, and for each page what a generator without relations could not find out by itself: who
// is whose partner, which news belong to whom. A page is
//
//   { lang, path, section, title, summary, body, trail, alternates, facts, groups }
//
// where `path` has no slash before it and one behind it, `body` is Markdown, `trail` are { title, href },
// `alternates` { lang, name, href }, `facts` { label, text, href } and `groups` { title, entries }, whose
// entries are { title, href, meta, summary }.

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

export const LANGUAGES = { pl: "polski", cs: "čeština", uk: "українська", en: "English" };

/** Words of the pages, by language; those of sections by the name of their data file. */
const WORDS = {
  pl: {
    site: "Katalog partnerstw", home: "Strona główna", content: "Przejdź do treści", menu: "Menu główne",
    languages: "Wersje językowe", trail: "Ścieżka nawigacji", back: "Powrót do:", about: "O serwisie",
    cities: "Miasta i gminy", partnerships: "Partnerstwa", news: "Aktualności", events: "Wydarzenia",
    institutions: "Instytucje", organisations: "Organizacje", projects: "Projekty", regions: "Regiony",
    seekers: "Szukają partnera", kind: "Rodzaj", stage: "Etap", since: "Partnerstwo od", country: "Kraj",
    partOf: "Część", population: "Ludność", website: "Strona internetowa", areas: "Obszary współpracy",
    date: "Data", parties: "Partnerzy", steps: "Historia", sources: "Źródła", documents: "Dokumenty",
    alsoKnownAs: "Inne nazwy", until: "Do", contact: "Kontakt",
  },
  cs: {
    site: "Katalog partnerství", home: "Úvod", content: "Přejít k obsahu", menu: "Hlavní nabídka",
    languages: "Jazykové verze", trail: "Drobečková navigace", back: "Zpět na:", about: "O webu",
    cities: "Města a obce", partnerships: "Partnerství", news: "Aktuality", events: "Události",
    institutions: "Instituce", organisations: "Organizace", projects: "Projekty", regions: "Regiony",
    seekers: "Hledají partnera", kind: "Druh", stage: "Etapa", since: "Partnerství od", country: "Země",
    partOf: "Součást", population: "Počet obyvatel", website: "Webové stránky", areas: "Oblasti spolupráce",
    date: "Datum", parties: "Partneři", steps: "Historie", sources: "Zdroje", documents: "Dokumenty",
    alsoKnownAs: "Další názvy", until: "Do", contact: "Kontakt",
  },
  uk: {
    site: "Каталог партнерств", home: "Головна", content: "Перейти до вмісту", menu: "Головне меню",
    languages: "Мовні версії", trail: "Навігаційний ланцюжок", back: "Назад до:", about: "Про сайт",
    cities: "Міста і громади", partnerships: "Партнерства", news: "Новини", events: "Події",
    institutions: "Установи", organisations: "Організації", projects: "Проєкти", regions: "Регіони",
    seekers: "Шукають партнера", kind: "Вид", stage: "Етап", since: "Партнерство з", country: "Країна",
    partOf: "Частина", population: "Населення", website: "Вебсайт", areas: "Сфери співпраці",
    date: "Дата", parties: "Партнери", steps: "Історія", sources: "Джерела", documents: "Документи",
    alsoKnownAs: "Інші назви", until: "До", contact: "Контакт",
  },
  en: {
    site: "Directory of partnerships", home: "Home", content: "Skip to content", menu: "Main menu",
    languages: "Language versions", trail: "Breadcrumb", back: "Back to:", about: "About this site",
    cities: "Cities and municipalities", partnerships: "Partnerships", news: "News", events: "Events",
    institutions: "Institutions", organisations: "Organisations", projects: "Projects", regions: "Regions",
    seekers: "Seeking a partner", kind: "Kind", stage: "Stage", since: "Partners since", country: "Country",
    partOf: "Part of", population: "Population", website: "Website", areas: "Areas of cooperation",
    date: "Date", parties: "Partners", steps: "History", sources: "Sources", documents: "Documents",
    alsoKnownAs: "Other names", until: "Until", contact: "Contact",
  },
};

const SECTIONS = [
  "partnerships", "cities", "regions", "institutions", "organisations", "projects", "seekers", "news", "events",
];

const PARTIES = ["cities", "regions", "institutions", "organisations"];

/** What a site's own generator knows of its records: what was built of `content` into `output`. */
class Directory {
  constructor(output, content) {
    const published = (section) => {
      const file = join(output, "data", `${section}.json`);
      return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
    };
    /** The records of each section that has any. */
    this.records = Object.fromEntries(SECTIONS.map((section) => [section, published(section)]).filter(([, list]) => list.length));
    this.sections = Object.keys(this.records);
    this.partnerships = new Map(this.all("partnerships").map((record) => [record.id, record]));
    this.parties = new Map(PARTIES.flatMap((section) => this.all(section)).map((record) => [record.id, record]));
    this.bodies = markdown(content);
    this.root = new URL(Object.values(this.records)[0][0].urls.en).origin;
    this.related = this.relations();
    this.collators = byLanguage((lang) => new Intl.Collator(lang));
    this.countries = byLanguage((lang) => new Intl.DisplayNames([lang], { type: "region" }));
  }

  all(section) {
    return this.records[section] ?? [];
  }

  /** Which partnerships, news, events and projects a party or a partnership has. */
  relations() {
    const related = new Map([...this.parties.keys(), ...this.partnerships.keys()].map((id) => [id, { partnerships: [], news: [], events: [], projects: [] }]));
    for (const section of ["partnerships", "news", "events", "projects"]) {
      for (const record of this.all(section)) {
        const ids = section === "partnerships" ? record.parties : [...(record.parties ?? []), ...(record.partnerships ?? [])];
        for (const id of new Set(ids)) related.get(id)?.[section].push(record);
      }
    }
    return related;
  }

  base(section, lang) {
    return new URL("..", this.records[section][0].urls[lang]).pathname;
  }

  href(record, lang) {
    return record.urls[lang].slice(this.root.length);
  }

  name(id, lang) {
    return text(this.parties.get(id).name, lang);
  }

  title(section, record, lang) {
    if (section === "partnerships") return record.parties.map((id) => this.name(id, lang)).join(" – ");
    if (section === "seekers") return this.name(record.party, lang);
    return text(record.name ?? record.title, lang);
  }

  entry(section, record, lang, meta) {
    return { title: this.title(section, record, lang), href: this.href(record, lang), meta: meta ?? "", summary: text(record.summary, lang) ?? "" };
  }

  country(code, lang) {
    return code ? this.countries[lang].of(code) : "";
  }

  facts(record, lang) {
    const partOf = this.parties.get(record.part_of);
    const facts = [
      ["kind", record.kind],
      ["stage", record.stage],
      ["since", day(record.since, lang)],
      ["date", day(record.date ?? record.start, lang)],
      ["until", day(record.until ?? record.end, lang)],
      ["country", this.country(record.country, lang)],
      ["partOf", partOf && text(partOf.name, lang), partOf && this.href(partOf, lang)],
      ["population", record.population?.count.toLocaleString(lang)],
      ["alsoKnownAs", record.also_known_as && Object.values(record.also_known_as).flat().join(", ")],
      ["areas", record.areas?.join(", ")],
      ["website", record.website, record.website],
      ["contact", record.contact && [text(record.contact.office, lang), record.contact.email].filter(Boolean).join(", ")],
    ];
    return facts.filter(([, text]) => text).map(([label, text, href = ""]) => ({ label: WORDS[lang][label], text: String(text), href }));
  }

  groups(record, lang) {
    const words = WORDS[lang];
    const related = this.related.get(record.id);
    const parties = [...(record.parties ?? []), record.party].filter((id) => this.parties.has(id)).map((id) => this.parties.get(id));
    const partnerships = (record.partnerships ?? []).filter((id) => this.partnerships.has(id)).map((id) => this.partnerships.get(id));
    const row = (title, href, meta, summary) => ({ title, href: href ?? "", meta: meta ?? "", summary: summary ?? "" });
    const groups = [
      [words.parties, parties.map((party) => this.entry("cities", party, lang, this.country(party.country, lang)))],
      [words.steps, (record.steps ?? []).map((step) => row(step.type, "", day(step.date, lang), text(step.note, lang)))],
      [words.documents, (record.documents ?? []).map((document) => row(text(document.title, lang), "", day(document.date, lang)))],
      [words.sources, (record.sources ?? []).map((source) => row(source.publisher ?? source.url, source.url))],
      [words.partnerships, partnerships.map((partnership) => this.entry("partnerships", partnership, lang))],
      ...(related ? this.partners(record, related.partnerships, lang) : []),
      ...["news", "events", "projects"].map((section) => [words[section], (related?.[section] ?? []).map((record) => this.entry(section, record, lang, day(record.date ?? record.start, lang)))]),
    ];
    return groups.filter(([, entries]) => entries.length).map(([title, entries]) => ({ title, entries }));
  }

  /** A party's partners by country, as a directory shows them. */
  partners(record, partnerships, lang) {
    const byCountry = new Map();
    for (const partnership of partnerships) {
      for (const id of partnership.parties.filter((id) => id !== record.id)) {
        const country = this.country(this.parties.get(id).country, lang);
        const meta = [day(partnership.since, lang), partnership.stage].filter(Boolean).join(" · ");
        byCountry.set(country, [...(byCountry.get(country) ?? []), { ...this.entry("partnerships", partnership, lang, meta), title: this.name(id, lang) }]);
      }
    }
    const { compare } = this.collators[lang];
    const groups = [...byCountry].sort(([one], [other]) => compare(one, other));
    return groups.map(([country, entries]) => [country, entries.sort((one, other) => compare(one.title, other.title))]);
  }

  page(lang, section, address, title, rest) {
    const alternates = Object.entries(LANGUAGES).map(([lang, name]) => ({ lang, name, href: address(lang) }));
    return { lang, path: address(lang).slice(1), section, title, summary: "", body: "", trail: [], alternates, facts: [], groups: [], ...rest };
  }

  /** Home, lists and records in one language. */
  pages(lang) {
    const words = WORDS[lang];
    const home = { title: words.home, href: `/${lang}/` };
    const latest = this.sections.map((section) => ({ title: words[section], entries: this.records[section].slice(-20).map((record) => this.entry(section, record, lang)) }));
    const pages = [this.page(lang, "home", (lang) => `/${lang}/`, words.site, { groups: latest })];
    for (const section of this.sections) {
      const address = (lang) => this.base(section, lang);
      const entries = this.records[section].map((record) => this.entry(section, record, lang, day(record.date ?? record.start ?? record.since, lang)));
      entries.sort((one, other) => this.collators[lang].compare(one.title, other.title));
      pages.push(this.page(lang, section, address, words[section], { trail: [home], groups: [{ title: words[section], entries }] }));
      const trail = [home, { title: words[section], href: address(lang) }];
      for (const record of this.records[section]) {
        pages.push(this.page(lang, section, (lang) => this.href(record, lang), this.title(section, record, lang), {
          summary: text(record.summary, lang) ?? "",
          body: this.body(section, record, lang),
          trail,
          facts: this.facts(record, lang),
          groups: this.groups(record, lang),
        }));
      }
    }
    return pages;
  }

  /** The Markdown of a record, its links to records (`[…](city:id)`) as links that any generator understands. */
  body(section, record, lang) {
    const written = text(this.bodies.get(`${section}/${record.id}`), lang) ?? "";
    return written.replace(/\]\([a-z]+:([a-z0-9-]+)\)/g, (_, id) => `](${this.parties.has(id) ? this.href(this.parties.get(id), lang) : "/"})`);
  }
}

/** All pages of the directory that was built of `content` into `output`, and what those of a language have in common. */
export function read(output, content) {
  const directory = new Directory(output, content);
  return {
    pages: Object.keys(LANGUAGES).flatMap((lang) => directory.pages(lang)),
    common: byLanguage((lang) => ({
      words: WORDS[lang],
      menu: directory.sections.map((section) => ({ title: WORDS[lang][section], href: directory.base(section, lang), section })),
    })),
    root: directory.root,
  };
}

function byLanguage(make) {
  return Object.fromEntries(Object.keys(LANGUAGES).map((lang) => [lang, make(lang)]));
}

/** A text in a language, or in one that it has. */
function text(written, lang) {
  if (typeof (written ?? "") === "string") return written;
  const found = written[lang] ?? written.pl ?? written.en ?? Object.values(written)[0];
  return typeof found === "object" ? found.nom : found;
}

/** A date as a language writes it; only a year or month stays as it is. */
function day(date, lang) {
  return date?.length > 7 ? new Date(date).toLocaleDateString(lang, { dateStyle: "long" }) : date;
}

/** The Markdown of records by section and id, and in that by language. */
function markdown(content) {
  const found = new Map();
  for (const file of readdirSync(content, { recursive: true, withFileTypes: true })) {
    const parts = /^(.+)\.([a-z]{2})\.md$/.exec(file.name);
    if (!parts) continue;
    const section = file.parentPath.slice(content.length).split("/").filter(Boolean)[0];
    const key = `${section}/${parts[1]}`;
    if (!found.has(key)) found.set(key, {});
    found.get(key)[parts[2]] = readFileSync(join(file.parentPath, file.name), "utf8").replace(/^\+\+\+[\s\S]*?\n\+\+\+\n/, "");
  }
  return found;
}
