// Measures the search on a made-up site of 20,000 cities: the size of an index, and how long a
// visitor waits in Chromium slowed down four times. Nothing is asserted: the numbers are for people.
//
//   TWINTOWN=target/release/twintown node scripts/search-bench.mjs [CITIES] [FOLDER]
//
// The site stays in FOLDER where one is named. Needs `npm ci --prefix tests/browser` and chromium.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

const cities = Number(process.argv[2] ?? 20000);
const folder = process.argv[3] ?? mkdtempSync(join(tmpdir(), "twintown-search-"));

// ---- a site: names of syllables, the same in every run ----

let seed = 1;
const random = (n) => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), seed | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) % n;
};
const pick = (list) => list[random(list.length)];
const begins = ["Bor", "Bystr", "Czern", "Dąb", "Gor", "Hrad", "Jas", "Kam", "Krasn", "Lip", "Łuk", "Mal", "Mirosł", "Nowogr", "Olsz", "Piask", "Pols", "Radz", "Sos", "Star", "Świet", "Tarn", "Wiel", "Wolsz", "Zabr", "Żmij"];
const middles = ["", "ow", "in", "aw", "niew", "ysz", "ocz", "iel", "or", "an", "uś", "ęt", "ódz"];
const ends = ["ka", "ów", "ice", "no", "in", "ek", "owo", "ce", "iec", "na", "sk", "yn", "any", "owice"];
const seconds = ["", "", "", "", "", " Wielki", " Mały", " Śląski", " nad Wisłą", "-Zdrój", " Górny", " Dolny"];
const cyrillic = { szcz: "щ", cz: "ч", sz: "ш", rz: "ж", ch: "х", dz: "дз", ia: "я", ie: "є", io: "йо", ow: "ов", a: "а", ą: "он", b: "б", c: "ц", ć: "ць", d: "д", e: "е", ę: "ен", f: "ф", g: "г", h: "г", i: "і", j: "й", k: "к", l: "л", ł: "л", m: "м", n: "н", ń: "нь", o: "о", ó: "у", p: "п", r: "р", s: "с", ś: "сь", t: "т", u: "у", w: "в", y: "и", z: "з", ź: "зь", ż: "ж", v: "в" };
const ukrainian = (name) => name.toLowerCase().replace(/szcz|cz|sz|rz|ch|dz|ia|ie|io|ow|./gu, (part) => cyrillic[part] ?? part).replace(/^./u, (letter) => letter.toUpperCase());
const czech = (name) => name.replaceAll("w", "v").replaceAll("sz", "š").replaceAll("cz", "č").replaceAll("ł", "l").replaceAll("ó", "ú");
const english = (name) => name.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replaceAll("ł", "l").replaceAll("Ł", "L");

function write(path, text) {
  mkdirSync(join(folder, path, ".."), { recursive: true });
  writeFileSync(join(folder, path), text);
}
write("content/site.toml", 'title = "Bench"\nlanguages = ["pl", "cs", "uk", "en"]\ndefault_language = "pl"\nbase_url = "https://example.org/"\n');
const countries = ["PL", "CZ", "UA"];
for (let region = 0; region < 400; region++) {
  const name = pick(begins) + pick(middles) + "skie";
  write(`content/regions/r${region}.toml`, `name.pl = "${name}"\nname.cs = "${czech(name)}"\nname.uk = "${ukrainian(name)}"\nname.en = "${english(name)}"\ncountry = "${countries[region % 3]}"\nkind = "county"\n`);
}
const named = [];
for (let city = 0; city < cities; city++) {
  const stem = pick(begins) + pick(middles) + pick(middles);
  const second = pick(seconds);
  const name = stem + pick(ends) + second;
  named.push(name);
  const region = random(400);
  const uk = ukrainian(name);
  const lines = [
    `name.pl = { nom = "${name}", gen = "${stem}a${second}", loc = "${stem}u${second}", adj = "${stem.toLowerCase()}ski" }`,
    `name.cs = { nom = "${czech(name)}", gen = "${czech(stem)}a" }`,
    `name.uk = { nom = "${uk}", gen = "${ukrainian(stem)}а" }`,
    `name.en = "${english(name)}"`,
    `country = "${countries[region % 3]}"`, `part_of = "r${region}"`, `kind = "${pick(["city", "town", "village", "commune"])}"`,
    `codes = { geonames = "${700000 + city}", wikidata = "Q${200000 + city * 7}" }`,
  ];
  if (city % 5 === 0) lines.push(`also_known_as.de = ["${pick(begins)}${pick(middles)}burg"]`);
  write(`content/cities/${city % 100}/c${city}.toml`, lines.join("\n") + "\n");
}
for (let pair = 0; pair < cities / 4; pair++) {
  // No two are between the same cities: one of the two is in one partnership of these only.
  const [a, b] = [pair, Math.floor(cities / 2) + random(cities / 2)];
  write(`content/partnerships/${pair % 100}/p${pair}.toml`, `parties = ["c${a}", "c${b}"]\nstep = [{ type = "signing", date = 19${80 + (pair % 20)} }]\n`);
}

// ---- the index ----

const program = process.env.TWINTOWN ?? "target/release/twintown";
const out = join(folder, "out");
const began = performance.now();
execFileSync(program, ["build", "--root", folder, "--out", out, "--as-of", "2026-11-20"], { stdio: ["ignore", "ignore", "pipe"], maxBuffer: 1 << 28 });
console.log(`built in ${((performance.now() - began) / 1000).toFixed(1)} s`);
const mb = (bytes) => `${(bytes / 1e6).toFixed(2)} MB`;
for (const lang of ["pl", "uk"]) {
  const bytes = readFileSync(join(out, lang, "search-index.txt"));
  console.log(`${lang}: ${mb(bytes.length)}, gzip ${mb(gzipSync(bytes, { level: 9 }).length)}, brotli ${mb(brotliCompressSync(bytes).length)}`);
}

// ---- a visitor, four times slower ----

const { host } = await import("../tests/browser/site.mjs");
const { openBrowser, openPage } = await import("../tests/browser/browser.mjs");
const server = await host("/", () => out);
const browser = await openBrowser();
const page = await openPage(browser);
const devtools = await page.context().newCDPSession(page);
await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
const name = named[1234];
const queries = {
  "a whole name": name, "two letters": name.slice(0, 2), "four letters": name.slice(0, 4), "Cyrillic": ukrainian(name),
  "a letter wrong": name.slice(0, 3) + "x" + name.slice(4), "beside a region": `${name.slice(0, 5)} ${"kras"}`, "nothing": "qqxqqx wvuq", "a code": `${701234}`,
};
for (const [what, query] of Object.entries(queries)) {
  await page.goto(`${server.url}pl/szukaj/`);
  const times = await page.evaluate(async (query) => {
    const form = document.querySelector("form.search");
    const address = (link) => new URL(link, document.baseURI).href;
    const start = performance.now();
    const [{ read }, bytes] = await Promise.all([import(address(form.dataset.reader)), fetch(address(form.dataset.index)).then((answer) => answer.arrayBuffer())]);
    const loaded = performance.now();
    const index = read(new Uint8Array(bytes));
    const ready = performance.now();
    const first = index.search(query);
    first?.groups.forEach((group) => group.show(0, 6));
    const found = performance.now();
    index.search(query)?.groups.forEach((group) => group.show(0, 6));
    return { loaded: loaded - start, read: ready - loaded, first: found - ready, again: performance.now() - found, count: first?.count };
  }, query);
  const ms = (time) => `${time.toFixed(1)} ms`;
  console.log(`${what}: load ${ms(times.loaded)}, read ${ms(times.read)}, first result ${ms(times.first)}, again ${ms(times.again)}; ${times.count} found`);
}
await browser.close();
await server.close();
if (process.env.KEEP_NAMES) writeFileSync(process.env.KEEP_NAMES, JSON.stringify(named));
