// What a visitor has to load, compressed as hosts do it: sizes, not seconds.
import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { build, nothing } from "./site.mjs";

const weight = (bytes) => gzipSync(bytes, { level: 9 }).length;

test("a city's page with all it needs to be read is below 30 kB", async (t) => {
  const { out, remove } = await build("https://example.org/");
  t.after(remove);
  const assets = await readdir(join(out, "assets"));
  const needed = assets.filter((name) => /^(style|tokens|display|languages|map)\.[^.]+\.(css|js)$/.test(name));
  assert.ok(needed.length >= 4, needed.join(" "));
  let shared = 0;
  for (const name of needed) shared += weight(await readFile(join(out, "assets", name)));
  const cities = JSON.parse(await readFile(join(out, "data", "cities.json"), "utf8"));
  const heavy = [];
  for (const url of cities.flatMap(({ urls }) => Object.values(urls))) {
    const path = new URL(url, "https://example.org/").pathname.slice(1);
    const whole = shared + weight(await readFile(join(out, path, "index.html")));
    if (whole > 30_000) heavy.push(`${path}: ${whole}`);
  }
  nothing(heavy);
});

test("a map of 5,000 cities is below 250 kB, and what the search loads grows by 75 bytes a city", async (t) => {
  const root = await mkdtemp(join(tmpdir(), "twintown-weight-"));
  t.after(() => rm(root, { recursive: true, force: true }));
  const write = async (path, text) => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  };
  const many = 5000;
  // Names that have as little in common as those of real towns.
  const syllables = ["bor", "cze", "dą", "grod", "ha", "jas", "kra", "le", "mi", "no", "ol", "pis", "ra", "sos", "tar", "wie", "zam", "żu", "łu", "ny"];
  let state = 1;
  const next = (n) => (state = (state * 48271) % 2147483647) % n;
  const word = () => [1, 2, 3].map(() => syllables[next(20)]).join("").replace(/^./u, (letter) => letter.toUpperCase());
  await write("content/site.toml", 'title = "T"\nlanguages = ["pl"]\ndefault_language = "pl"\nbase_url = "https://example.org/"\n');
  for (let city = 0; city < many; city++) {
    const name = `${word()} ${word()}`;
    const [lat, lon] = [49 + next(5000) / 1000, 14.5 + next(8500) / 1000];
    await write(`content/cities/${city % 50}/c${city}.toml`, `name = { pl = "${name}", uk = "${word()}" }\ncountry = "PL"\nlocation = { lat = ${lat}, lon = ${lon} }\n`);
  }
  for (let pair = 0; pair < many / 2; pair++) {
    await write(`content/partnerships/${pair % 50}/p${pair}.toml`, `parties = ["c${pair}", "c${many / 2 + pair}"]\n[[step]]\ntype = "signing"\ndate = 2001\n`);
  }
  const { out, remove } = await build("https://example.org/", root);
  t.after(remove);
  const home = weight(await readFile(join(out, "pl", "index.html")));
  assert.ok(home > 5_000 && home < 250_000, `${home} bytes`);
  const index = weight(await readFile(join(out, "pl", "search-index.txt")));
  assert.ok(index > many && index < many * 75, `${index} bytes`);
  t.diagnostic(`home with its map ${home}, index ${index} bytes`);
});
