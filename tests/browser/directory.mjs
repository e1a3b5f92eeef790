// A directory of thousands of towns, made of real names: what the sample is too small to show.
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { stringify } from "smol-toml";
import { languages } from "./words.mjs";

/** How many partnerships some town has: each plural form of each language, and its neighbours. */
export const partnerCounts = [0, 1, 2, 3, 4, 5, 11, 12, 14, 21, 22, 25, 101, 102, 112];

/** How many members some organisation has. */
export const memberCounts = [...Array(131).keys(), 200, 1000, 1234, 10000, 1234567];

/** How sure a number of members is. */
export const memberAmounts = [
  ["exact", {}],
  ["at-least", { at_least: true }],
  ["approximate", { approx: true }],
];

/** ISO 3166-1, and Kosovo. */
export const countries = (
  "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC " +
  "CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD " +
  "GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH " +
  "KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW " +
  "MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC " +
  "SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY " +
  "UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW"
).split(" ");

/** Languages that an office may answer in. */
export const tongues = (
  "ar be bg ca cs cy da de el en es et eu fi fr ga gl he hr hu hy is it ja ka ko lb lt lv mk mt nl no pl pt ro ru sk sl " +
  "sq sr sv tr uk zh"
).split(" ");

/** What makes several places of one name. */
const endings = {
  PL: ["", " 2", " 10", "-Zdrój", " Górny", " Śląski", " nad Wisłą", " Łąkowy", "ek", ", Żabieniec"],
  CZ: ["", " 2", " 10", "-Západ", " Horní", " u Řeky", " nad Labem", " pod Čerchovem", "ek", ", Chalupy"],
  UA: ["", " 2", " 10", "-Західний", " Верхній", "-на-Горі", " Ґонтівський", " Їхній", "'ївка", ", Яри"],
  other: ["", " 2", " 10", "-Est", " Mare"],
};

/** The places of the list, each with its names. */
async function places() {
  const lines = (await readFile(new URL("places.txt", import.meta.url), "utf8")).split("\n");
  return lines.filter((line) => line && !line.startsWith("#")).map((line) => {
    const [own, ...others] = line.split("; ");
    const names = Object.fromEntries(others.map((other) => [other.slice(0, 2), other.slice(3)]));
    return { country: own.slice(0, 2), name: own.slice(3), names };
  });
}

/** Writes the records and other files of a site, by path, into a new folder. */
export async function write(records, files = {}) {
  const root = await mkdtemp(join(tmpdir(), "twintown-directory-"));
  const site = { title: "Directory", languages, default_language: "en", base_url: "https://example.org/" };
  const texts = Object.entries({ "site.toml": site, ...records }).map(([path, record]) => [path, stringify(record)]);
  for (const [path, text] of [...texts, ...Object.entries(files)]) {
    const file = join(root, "content", path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  return { root, remove: () => rm(root, { recursive: true, force: true }) };
}

/** The records of the directory, by path. */
export async function records() {
  const all = {};
  const known = await places();
  const regions = [
    ["lodzkie", "PL", { pl: "Łódzkie", cs: "Lodžské vojvodství", uk: "Лодзьке воєводство", en: "Łódź Voivodeship" }],
    ["kralovehradecky", "CZ", { pl: "Kraj hradecki", cs: "Královéhradecký kraj", uk: "Краловоградецький край", en: "Hradec Králové Region" }],
    ["lvivska", "UA", { pl: "Obwód lwowski", cs: "Lvovská oblast", uk: "Львівська область", en: "Lviv Oblast" }],
  ];
  const regionOf = Object.fromEntries(regions.map(([id, country]) => [country, id]));
  for (const [id, country, name] of regions) all[`regions/${id}.toml`] = { name, country };

  const cities = [];
  const addCity = (city) => {
    cities.push(`t${cities.length + 1}`);
    all[`cities/${city.country.toLowerCase()}/${cities.at(-1)}.toml`] = city;
  };
  for (const { country, name, names } of known) {
    for (const [index, ending] of (endings[country] ?? endings.other).entries()) {
      const own = {};
      for (const lang of languages) own[lang] = (names[lang] ?? name) + ending;
      // The record before it has the same names: they are told apart by their region or number.
      const city = { name: own, country };
      if (index % 3 === 1 && regionOf[country]) city.part_of = regionOf[country];
      if (index === 0) {
        city.also_known_as = [name, ...Object.values(names)].flatMap((word) => [`${word} Nowy`, `${word}-Wieś`]);
        city.population = { count: 7 ** (cities.length % 9) * 13, year: 1990 + (cities.length % 30) };
      }
      addCity(city);
    }
  }
  const present = new Set(known.map((place) => place.country));
  for (const country of countries.filter((code) => !present.has(code))) addCity({ name: `Port ${country}`, country });

  // Each hub has as many partnerships as it is there for; its partners come from all over the list.
  const hubs = partnerCounts.map((_, index) => cities[index * 40]);
  const stages = [
    [{ type: "signing", date: 2004 }],
    [{ type: "talks" }],
    [],
    [{ type: "signing", date: 1998 }, { type: "termination", date: 2014 }],
    [{ type: "signing", date: 2004 }, { type: "suspension", date: 2022 }],
    [{ type: "declaration", date: 2019 }],
  ];
  let next = 0;
  const partnership = (parties, steps, more = {}) => {
    all[`partnerships/p${Object.keys(all).length}.toml`] = { parties, ...more, step: steps };
  };
  for (const [index, count] of partnerCounts.entries()) {
    for (let n = 0; n < count; n++) {
      do next = (next + 617) % cities.length; while (hubs.includes(cities[next]));
      const pair = [hubs[index], cities[next]];
      const over = n % 9 === 8;
      // Those that are over are not counted: one more for each.
      partnership(n % 2 ? pair : pair.reverse(), stages[n % 3 === 0 ? 0 : [1, 2, 4, 5][n % 4]], { areas: ["schools", "sport"] });
      if (over) partnership([cities[(next + 1) % cities.length], hubs[index]], stages[3]);
    }
  }
  const council = [cities[5], cities[905], cities[1505], cities[2005]];
  for (const count of [1, 2, 3]) {
    const approvals = council.slice(0, count).map((by) => ({ type: "approval", date: 2020, by }));
    partnership(council.slice(0, count + 1), approvals, { summary: `approved by ${count}` });
  }

  for (let n = 0; n < 90; n++) {
    const place = known[(n * 31) % known.length];
    const city = cities[(n % 6) * 40];
    const name = Object.fromEntries(languages.map((lang) => [lang, `${place.names[lang] ?? place.name} – č. ${n}`]));
    all[`institutions/i${n}.toml`] = { name, part_of: city, kind: "school" };
    all[`projects/r${n}.toml`] = { title: name, parties: [hubs[n % 4 + 6]], areas: ["sport"] };
    if (n < 30) {
      all[`seekers/s${n}.toml`] = {
        party: cities[n * 50],
        contact: { email: `s${n}@example.org` },
        until: n % 2 ? `2027-0${n % 9 + 1}` : "2020-01",
        countries: countries.slice(n * 3, n * 3 + n % 5 + 1),
        languages: tongues.slice(n, n + n % 4 + 1),
        areas: ["sport"],
      };
    }
  }
  all["pages/above.toml"] = { title: "Above", menu: { in: "main" } };
  for (const [n, title] of ["Źródło", "Łąka", "Čáp", "Лавка", "Chata", "Ceny"].entries()) all[`pages/p${n}.toml`] = { title, parent: "above" };
  for (const [index, count] of memberCounts.entries()) {
    for (const [key, more] of memberAmounts) {
      const place = known[(index * 7 + key.length) % known.length];
      const name = Object.fromEntries(languages.map((lang) => [lang, `${place.names[lang] ?? place.name} ${key} ${count}`]));
      all[`organisations/o${index}-${key}.toml`] = {
        name, kind: "union", level: "local", members_total: { count, year: 2020, ...more },
      };
    }
  }
  all["organisations/all.toml"] = { name: "Zażółć", kind: "association", level: "international", contact: { languages: tongues } };
  for (let n = 0; n < 300; n++) {
    const city = Object.entries(all).find(([path]) => path.endsWith(`/${cities[n * 8]}.toml`))[1];
    city.member_of = n % 5 ? ["all"] : [{ organisation: "all", since: 1995, until: 2010 }];
  }
  return all;
}

/** The records of real towns and partnerships, where a folder with them is at hand (`TWINTOWN_REAL`). */
export async function realRecords() {
  const folder = process.env.TWINTOWN_REAL;
  if (!folder) return null;
  const lines = async (file) => (await readFile(join(folder, file), "utf8")).split("\n").filter(Boolean).map((line) => JSON.parse(line));
  const all = {};
  for (const { id, name, names, country } of await lines("cities.jsonl")) {
    // A name is not known in every language; then the town's own stands in.
    const own = languages.map((lang) => [lang, names[lang] ?? name]);
    all[`cities/${country.toLowerCase()}/${id}.toml`] = { name: Object.fromEntries(own), country };
  }
  for (const { a, b } of await lines("partnerships.jsonl")) all[`partnerships/${a}-${b}.toml`] = { parties: [a, b] };
  return all;
}
