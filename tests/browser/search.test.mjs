// The search: what is found by which spelling, and how the page behaves.
import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { folder, read } from "../../themes/default/assets/search-index.js";
import { openBrowser, openPage } from "./browser.mjs";
import { build, host, nothing, openSite, repository } from "./site.mjs";

let site, browser, axe;
before(async () => {
  axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  site = await openSite();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await site?.close();
});

const pages = { pl: "pl/szukaj/", cs: "cs/hledat/", uk: "uk/poshuk/", en: "en/search/" };

/** The rows of a table, without those that explain it. */
async function table(path) {
  const text = await readFile(join(repository, path), "utf8");
  return text.split("\n").filter((row) => row && !row.startsWith("#")).map((row) => row.split("\t"));
}

async function visitor(t, options) {
  const page = await openPage(browser, { viewport: { width: 1280, height: 900 }, ...options });
  t.after(() => page.context().close());
  return page;
}

/** Waits until the page has said what it found. */
const said = (page, words) => page.waitForFunction((words) => {
  const { textContent } = document.querySelector(".search-status");
  return words ? textContent.includes(words) : textContent;
}, words);

/** A site of some files, built. */
async function siteOf(t, files) {
  const root = await mkdtemp(join(tmpdir(), "twintown-search-"));
  t.after(() => rm(root, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  const built = await build("https://example.org/", root);
  t.after(built.remove);
  return built.out;
}

const index = async (out, lang) => readFile(join(out, lang, "search-index.txt"));
const first = (found) => found?.groups[0]?.show(0, 1)[0];

test("what visitors type leads to the record they mean, in every language", async (t) => {
  const queries = await table("tests/search/queries.tsv");
  assert.ok(queries.length > 40);
  const urls = {};
  for (const kind of ["cities", "regions", "organisations", "partnerships"]) {
    for (const row of await site.data(kind)) urls[`${kind}/${row.id}`] = row.urls;
  }
  const page = await visitor(t);
  const wrong = [];
  for (const [lang, url] of Object.entries(pages)) {
    await page.goto(`${site.url}${url}`);
    const found = await page.evaluate(async (queries) => {
      const form = document.querySelector("form.search");
      const address = (link) => new URL(link, document.baseURI).href;
      const { read } = await import(address(form.dataset.reader));
      const index = read(new Uint8Array(await (await fetch(address(form.dataset.index))).arrayBuffer()));
      return queries.map((query) => index.search(query)?.groups[0]?.show(0, 1)[0].url);
    }, queries.map(([query]) => query));
    queries.forEach(([query, record], row) => {
      assert.ok(urls[record], record);
      if (`${site.url}${found[row]}` !== urls[record][lang]) wrong.push(`${lang}: ${query} gives ${found[row]}, not ${record}`);
    });
  }
  nothing(wrong, "wrong results");
  nothing(page.troubles);
});

test("a name is found however it is written: Lwów, Львов, Lemberg", async (t) => {
  const city = (name, more = "") => `${name}\ncountry = "UA"\n${more}`;
  const out = await siteOf(t, {
    "content/site.toml": 'title = "T"\nlanguages = ["pl", "cs", "uk", "en", "de"]\ndefault_language = "pl"\nbase_url = "https://example.org/"\n',
    "content/cities/lviv.toml": city('name = { pl = "Lwów", uk = "Львів", en = "Lviv" }', 'also_known_as.de = ["Lemberg"]\n'),
    // Named in Ukrainian only: the official romanisation is found all the same.
    "content/cities/kyiv.toml": city('name.uk = "Київ"'),
    "content/cities/zghurivka.toml": city('name.uk = "Згурівка"'),
    "content/cities/znamianka.toml": city('name.uk = "Знам\'янка"'),
    "content/cities/muehl.toml": 'name.de = "Mühlhausen"\ncountry = "DE"\n',
    "content/cities/dnipro.toml": city('name.uk = "Дніпро"', 'also_known_as.uk = ["Катеринослав"]\n'),
    "content/cities/lvova.toml": city('name.uk = "Малий Львівець"'),
  });
  const queries = {
    lviv: ["Lwów", "Lwow", "lvov", "Lviv", "Львів", "Львов", "Львив", "Lviw", "Lwiw", "Lemberg", "lembreg"],
    kyiv: ["Київ", "Киев", "Kyiv", "Kiev", "Kijów", "Kyjev", "Kyjiw", "Ки́їв", "київ"],
    zghurivka: ["Zghurivka", "Згурівка", "Zhurivka", "Згуривка"],
    znamianka: ["Znamianka", "Знам’янка", "Знамянка", "znamyanka", "Знам`янка"],
    muehl: ["Mühlhausen", "Muehlhausen", "Muhlhausen", "Mühlhauzen"],
    dnipro: ["Дніпро", "Днипро", "Dnipro", "Катеринослав", "Katerynoslav"],
  };
  for (const lang of ["pl", "cs", "uk", "en", "de"]) {
    const { search } = read(await index(out, lang));
    for (const [id, spellings] of Object.entries(queries)) {
      for (const query of spellings) {
        assert.match(first(search(query))?.url ?? "", new RegExp(`/${id}/$`), `${lang}: ${query}`);
      }
    }
  }
  const { search } = read(await index(out, "pl"));
  assert.deepEqual(first(search("Lemberg")).other, { lang: "de", text: "Lemberg" });
  assert.deepEqual(first(search("Львів")).other, { lang: "uk", text: "Львів" });
  assert.equal(first(search("lwow")).other, null, "the label shows why");
  assert.equal(first(search("Київ")).lang, "uk", "a name that stands in is marked");
});

test("among equals those with more partnerships come first, and whole names before beginnings", async (t) => {
  const files = { "content/site.toml": 'title = "T"\nlanguages = ["pl"]\ndefault_language = "pl"\nbase_url = "https://example.org/"\n' };
  const city = (id, name) => (files[`content/cities/${id}.toml`] = `name = "${name}"\ncountry = "PL"\npart_of = "r-${id}"\n`, files[`content/regions/r-${id}.toml`] = `name = "Powiat ${id}"\ncountry = "PL"\n`);
  city("a", "Opatów");
  city("b", "Opatów");
  city("c", "Opatówek");
  city("d", "Nowy Opatów");
  city("e", "Opatuw Dolny");
  city("x", "Xanten");
  files["content/partnerships/p.toml"] = 'parties = ["b", "x"]\n';
  files["content/partnerships/q.toml"] = 'parties = ["c", "x"]\n';
  const { search } = read(await index(await siteOf(t, files), "pl"));
  const ids = (query) => search(query).groups.find(({ name }) => name === "Miasta i gminy").show(0, 9).map(({ url }) => url.split("/").at(-2));
  assert.deepEqual(ids("opatow"), ["b", "a", "c", "d", "e"]);
  assert.deepEqual(ids("opatow d"), ["d", "e"], "the region is not its name, and a mistyped word comes last");
  assert.deepEqual(ids("opatow powiat a"), ["a"]);
});

test("program and browser fold alike", async (t) => {
  const rows = await table("tests/lang/folding.tsv");
  assert.ok(rows.length > 20);
  // Every letter of the scripts of Europe, beside itself and within a word; the program's fold is in the index.
  const letters = [];
  for (let code = 0xa1; code < 0x530; code++) {
    const letter = String.fromCodePoint(code);
    if (/\p{Assigned}/u.test(letter) && !/\p{C}/u.test(letter)) letters.push(letter);
  }
  const files = { "content/site.toml": 'title = "T"\nlanguages = ["en"]\ndefault_language = "en"\nbase_url = "https://example.org/"\n' };
  const titles = letters.map((letter, number) => `${letter} x${letter}y${letter} ${number}`);
  titles.push("Ελλάδα – ΟΔΟΣ", "ქართული", "Հայաստան", "עברית", "العربية ١٢", "日本語 かな", "한국어", "ﬁne ½ №", "İstanbul ı", "ǅ Ǆ ǆ", "a\u0301\u0323b", "Ångström");
  titles.forEach((title, number) => (files[`content/pages/p${String(number).padStart(4, "0")}.toml`] = `title = ${JSON.stringify(title)}\n`));
  const text = String(await index(await siteOf(t, files), "en"));
  const lines = text.trimEnd().split("\n");
  const { fold: table_, groups } = JSON.parse(lines[0]);
  const fold = folder(table_);
  for (const [folded, ...spellings] of rows) {
    for (const spelling of spellings) assert.equal(fold(spelling), folded, spelling);
  }
  const count = groups.reduce((all, group) => all + group.count, 0);
  const wrong = [];
  let compared = 0;
  for (let line = 1; line <= count; line++) {
    const name = lines[line].split("\t")[8];
    if (!name) continue;
    const [, folded] = lines[line + count].split(",");
    compared++;
    if (fold(name.slice(name.indexOf(":") + 1)) !== folded) wrong.push(`${name}: ${folded}, in the browser ${fold(name.slice(1))}`);
  }
  assert.ok(compared >= titles.length);
  nothing(wrong, "folded otherwise");
});

test("a visitor searches from any page: results as they type, by kind, announced, kept in the address", async (t) => {
  const page = await visitor(t);
  await page.goto(`${site.url}pl/miasta/`);
  assert.ok(!page.asked.some((url) => url.includes("search-index")), "nothing is loaded before somebody searches");
  await page.locator("header [role=search] input").fill("Городок");
  await page.keyboard.press("Enter");
  await page.waitForURL(`${site.url}pl/szukaj/?q=${encodeURIComponent("Городок")}`);
  await said(page, "Wyniki: ");
  const results = page.locator(".search-results");
  assert.equal(await results.locator("h2").first().innerText(), "Miasta i gminy 1");
  assert.equal(await results.locator("section").first().getAttribute("aria-labelledby"), await results.locator("h2").first().getAttribute("id"));
  const entry = results.locator("li").first();
  assert.match(await entry.innerText(), /^Gródek\s+Miasto, obwód chmielnicki, Ukraina\s+inna nazwa: Городок$/);
  assert.equal(await entry.locator("[lang=uk]").innerText(), "Городок");
  assert.equal(await page.locator("[role=status]").innerText(), await page.locator(".search-status").innerText());
  assert.match(await page.title(), /^Городок – /);

  const field = page.getByRole("searchbox");
  await field.fill("");
  await field.pressSequentially("krefld");
  await said(page, "Wyniki: 4");
  assert.ok(await field.evaluate((field) => field === document.activeElement), "the focus stays");
  // Nobody needs to press Enter: the address follows who pauses.
  await page.waitForURL(/q=krefld$/);
  await page.keyboard.press("Enter");
  // The language switch keeps the query.
  assert.match(await page.locator(".languages a[lang=uk]").evaluate((link) => link.href), /\/uk\/poshuk\/\?q=krefld$/);
  // Back is what was asked for before, not what was typed on the way.
  await page.goBack();
  await said(page, "Wyniki: 2");
  assert.equal(await field.inputValue(), "Городок");
  await page.goForward();
  await said(page, "Wyniki: 4");
  assert.equal(await field.inputValue(), "krefld");

  // By keyboard: field, button, first result.
  await field.focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  const link = results.locator("a").first();
  assert.ok(await link.evaluate((link) => link === document.activeElement));
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/pl\/miasta\/krefeld\/$/);
  await page.goBack();
  await said(page, "Wyniki: 4");
  await field.focus();
  await page.keyboard.press("Escape");
  assert.equal(await field.inputValue(), "");
  await page.waitForFunction(() => !document.querySelector(".search-results").children.length);
  assert.ok(await field.evaluate((field) => field === document.activeElement));
  nothing(page.troubles);
});

test("nothing found, too little typed and an index that does not come are said", async (t) => {
  const page = await visitor(t);
  await page.goto(`${site.url}en/search/?q=qqxqqx`);
  await said(page, "Nothing found for “qqxqqx”");
  assert.equal(await page.locator(".search-results").innerText(), "");
  assert.ok(await page.locator(".search-lists a").first().isVisible(), "the lists are at hand");
  await page.getByRole("searchbox").fill("h");
  await said(page, "at least two letters");
  nothing(page.troubles);

  await page.route("**/search-index.txt", (route) => route.abort());
  await page.goto(`${site.url}en/search/?q=horodok`);
  await said(page, "could not be loaded");
  await page.unroute("**/search-index.txt");
  await page.getByRole("searchbox").fill("horodo");
  await said(page, "Results: ");
});

test("long groups are cut, and opened by a button that keeps the focus", async (t) => {
  const page = await visitor(t);
  await page.goto(`${site.url}en/search/?q=central`);
  await said(page, "Results");
  const heading = await page.locator(".search-results section:has(.search-more)").first().getAttribute("aria-labelledby");
  const group = page.locator(`section[aria-labelledby=${heading}]`);
  const count = Number((await group.locator(".search-count").innerText()).replace(/\D/g, ""));
  const before = await group.locator("li").count();
  assert.ok(count > before);
  await group.getByRole("button").press("Enter");
  assert.equal(await group.locator("li").count(), count);
  assert.ok(await group.locator("li").nth(before).locator("a").evaluate((link) => link === document.activeElement));
});

test("without JavaScript the page says so and leads to the lists", async (t) => {
  const page = await visitor(t, { javaScriptEnabled: false });
  await page.goto(`${site.url}cs/partnerstvi/`);
  await page.locator("header [role=search] input").fill("Frýdek");
  await page.locator("header [role=search] button").click();
  await page.waitForURL(/\/cs\/hledat\/\?q=/);
  assert.match(await page.locator("main").innerText(), /JavaScript/);
  const lists = await page.locator(".search-lists a").evaluateAll((all) => all.map((link) => link.href));
  for (const list of ["mesta/", "partnerstvi/", "mapa-stranek/"]) assert.ok(lists.includes(`${site.url}cs/${list}`), list);
  nothing(page.troubles);
});

test("search engines know the page by one address, whatever is searched, and it is found from the one for unknown addresses", async (t) => {
  const page = await visitor(t);
  const sitemap = await readFile(join(site.out, "sitemap.xml"), "utf8");
  for (const [lang, url] of Object.entries(pages)) {
    await page.goto(`${site.url}${url}`);
    assert.equal(await page.locator("link[rel=canonical]").getAttribute("href"), `${site.url}${url}`);
    assert.ok(sitemap.includes(`/${url}<`), url);
    await page.goto(`${site.url}${lang}/404.html`);
    assert.ok(await page.locator(`main a[href$="${url}"]`).isVisible());
    const description = await readFile(join(site.out, lang, "opensearch.xml"), "utf8");
    assert.ok(description.includes(`template="${site.url}${url}?q={searchTerms}"`), description);
  }
});

test("axe finds nothing on a page of results", async (t) => {
  for (const options of [{ colorScheme: "light" }, { colorScheme: "dark" }, { viewport: { width: 320, height: 640 } }]) {
    const page = await visitor(t, { reducedMotion: "reduce", ...options });
    for (const [lang, url] of Object.entries(pages)) {
      await page.goto(`${site.url}${url}?q=${encodeURIComponent("ho")}`);
      await said(page);
      assert.ok((await page.locator(".search-results li").count()) > 1);
      await page.evaluate(axe);
      const faults = await page.evaluate(async () => (await window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }))
        .violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)}`));
      nothing(faults, `${lang} ${JSON.stringify(options)}`);
      assert.ok(await page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth), "it scrolls sideways");
    }
    nothing(page.troubles);
  }
});
