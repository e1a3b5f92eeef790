// Filters in place, the application form and the statistics, as visitors use them.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { openBrowser, openPage } from "./browser.mjs";
import { day, host, nothing, openSite, program } from "./site.mjs";

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

async function visitor(t, options) {
  const page = await openPage(browser, options);
  t.after(() => page.context().close());
  return page;
}

async function examine(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
  }));
  nothing(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)}`), page.url());
}

const entries = (page) => page.locator(".groups .entry").count();
const status = (page) => page.locator(".filter-status").textContent();

test("filters combine, the address keeps them, Back takes them away, the count is announced", async (t) => {
  const page = await visitor(t, { viewport: { width: 1280, height: 900 } });
  const all = await site.data("partnerships");
  const polish = new Set((await site.data("cities")).filter(({ country }) => country === "PL").map(({ id }) => id));
  const active = all.filter(({ stage }) => stage === "active");
  await page.goto(`${site.url}en/partnerships/`);
  assert.equal(await entries(page), all.length);
  assert.equal(await status(page), "");
  assert.equal(await page.locator(".filter-status").getAttribute("role"), "status");

  // With the keyboard alone: open the choices, tick a box, choose a country.
  await page.locator(".facets summary").focus();
  await page.keyboard.press("Enter");
  await page.getByRole("checkbox", { name: /^In force/ }).focus();
  await page.keyboard.press("Space");
  await page.waitForURL(/\?stage=active$/);
  assert.equal(await entries(page), active.length);
  assert.equal(await status(page), `Found: ${active.length}\u00a0partnerships`);
  await examine(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await examine(page);
  await page.emulateMedia({ colorScheme: "light" });

  await page.getByLabel("Country", { exact: true }).selectOption("PL");
  await page.waitForURL(/\?stage=active&country=PL$/);
  const shown = await page.locator(".groups .entry a").evaluateAll((links) => links.map((link) => link.href));
  const urls = new Map(all.map((row) => [row.urls.en, row]));
  assert.ok(shown.length > 0 && shown.length < active.length);
  for (const url of shown) assert.equal(urls.get(url).stage, "active", url);
  for (const { urls, parties } of active) {
    if (parties.some((id) => polish.has(id))) assert.ok(shown.includes(urls.en), `${urls.en} is not shown`);
  }

  // The same choice in another language, and again from the address alone.
  await page.locator(".languages a[lang=pl]").click();
  await page.waitForURL(/\/pl\/partnerstwa\/\?stage=active&country=PL$/);
  assert.equal(await entries(page), shown.length);
  const forms = { one: "partnerstwo", few: "partnerstwa", many: "partnerstw" };
  const word = forms[new Intl.PluralRules("pl").select(shown.length)];
  assert.equal(await status(page), `Znaleziono: ${shown.length}\u00a0${word}`);
  await page.goBack();
  await page.waitForURL(/\/en\//);
  assert.equal(await entries(page), shown.length);
  await page.goBack();
  assert.equal(await entries(page), active.length);
  assert.equal(await page.getByLabel("Country", { exact: true }).inputValue(), "");
  await page.goForward();
  assert.equal(await entries(page), shown.length);

  await page.getByRole("button", { name: "Show the whole list" }).click();
  assert.equal(await entries(page), all.length);
  assert.equal(new URL(page.url()).search, "");
  assert.equal(await status(page), "");
  assert.equal(await page.evaluate(() => document.activeElement.localName), "summary");
  nothing(page.troubles);
});

test("a choice that nothing suits is said, and one that is not there is ignored", async (t) => {
  const page = await visitor(t);
  await page.goto(`${site.url}en/partnerships/?stage=talks&area=solidarity`);
  assert.equal(await entries(page), 0);
  assert.equal(await status(page), "Found: 0\u00a0partnerships");
  const all = (await site.data("partnerships")).length;
  await page.goto(`${site.url}en/partnerships/?stage=%3Cscript%3E&nothing=1`);
  assert.equal(await entries(page), all);
  nothing(page.troubles);
});

test("without JavaScript the same choices are links to lists", async (t) => {
  const page = await visitor(t, { javaScriptEnabled: false });
  await page.goto(`${site.url}pl/partnerstwa/`);
  await page.locator(".facets summary").click();
  await page.locator("[data-facet=kind] a").first().click();
  assert.match(page.url(), /\/pl\/partnerstwa\/[a-z-]+\/$/);
  assert.ok(await entries(page) > 0);
  await page.goto(`${site.url}pl/partnerstwa/`);
  await page.locator("[data-facet=stage] a").first().click();
  const active = (await site.data("partnerships")).filter(({ stage }) => stage === "active");
  assert.equal(await entries(page), active.length);
  nothing(page.troubles);
});

/** A site whose lists have several parts. */
async function long(t, count) {
  const folder = await mkdtemp(join(tmpdir(), "twintown-long-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  for (const kind of ["cities", "partnerships"]) await mkdir(join(folder, "content", kind), { recursive: true });
  const write = (path, text) => writeFile(join(folder, "content", path), text);
  await write("site.toml", 'title = "T"\nlanguages = ["en"]\ndefault_language = "en"\nbase_url = "https://example.org/"\n');
  await write("cities/hub.toml", 'name = "Hub"\ncountry = "PL"\n');
  for (let n = 0; n < count; n += 1) {
    await write(`cities/t-${n}.toml`, `name = "Town ${n}"\ncountry = "${n % 10 === 0 ? "UA" : "CZ"}"\n`);
    const step = n % 2 ? '[[step]]\ntype = "signing"\ndate = 2001\n' : '[[step]]\ntype = "talks"\n';
    await write(`partnerships/p-${n}.toml`, `parties = ["hub", "t-${n}"]\n${step}`);
  }
  const out = join(folder, "out");
  await promisify(execFile)(program(), ["build", "--root", folder, "--out", out, "--as-of", day]);
  const server = await host("/", () => out);
  t.after(() => server.close());
  return server;
}

test("a list in parts is searched whole, and says so when a part is missing", async (t) => {
  const server = await long(t, 900);
  const page = await visitor(t);
  const policy = [];
  page.on("console", (message) => policy.push(message.text()));
  await page.goto(`${server.url}en/partnerships/page-2/`);
  server.requests.length = 0;
  assert.equal(await entries(page), 400);
  await page.goto(`${server.url}en/partnerships/page-2/?country=UA`);
  await page.waitForFunction(() => document.querySelector(".filter-status").textContent);
  assert.equal(await status(page), "Found: 90\u00a0partnerships");
  assert.equal(await entries(page), 90);
  assert.equal(await page.locator(".pager").isVisible(), false);
  assert.equal(await page.locator(".groups h2").count(), 1, "90 towns in talks, one heading");
  assert.deepEqual(policy.filter((text) => text.includes("Content Security")), []);
  // Links of entries that came from another part lead where they led there.
  const link = page.locator(".groups .entry a").last();
  const answer = await fetch(await link.evaluate((link) => link.href));
  assert.equal(answer.status, 200);

  await page.goto(`${server.url}en/partnerships/?country=CZ`);
  await page.waitForFunction(() => document.querySelector(".filter-status").textContent);
  assert.equal(await status(page), "Found: 810\u00a0partnerships. The first 400\u00a0are shown");
  assert.equal(await entries(page), 400);
  await page.getByRole("button", { name: "Show the whole list" }).click();
  assert.equal(await entries(page), 400, "the part that the address names");
  assert.equal(await page.locator(".pager").isVisible(), true);

  await page.route("**/page-3/", (route) => route.abort());
  await page.goto(`${server.url}en/partnerships/?country=UA`);
  await page.waitForFunction(() => document.querySelector(".filter-status").textContent);
  assert.match(await status(page), /^Found: \d+\u00a0partnerships\. Other pages/);
});

test("the form writes an e-mail, says what is missing, and works on paper and without JavaScript", async (t) => {
  const page = await visitor(t, { viewport: { width: 1280, height: 900 } });
  await page.goto(`${site.url}uk/shukaiut-partnera/anketa/`);
  // What the button leads to; no mail program opens in a test.
  const session = await page.context().newCDPSession(page);
  await session.send("Page.enable");
  const mails = [];
  session.on("Page.frameRequestedNavigation", ({ url }) => mails.push(url));

  const button = page.locator("main button[type=submit]");
  await button.click();
  const trouble = await page.locator(".form-trouble").textContent();
  assert.match(trouble, /Хто шукає партнера.*Електронна пошта/);
  assert.equal(await page.evaluate(() => document.activeElement.name), "party");
  assert.equal(await page.locator("[aria-invalid=true]").count(), 4);
  await examine(page);
  assert.deepEqual(mails, []);

  await page.locator("[name=party]").fill("Громада & Ко, Україна");
  await page.locator("[name=until]").fill("2027-06-30");
  await page.locator("[name=countries]").nth(1).check();
  await page.locator("input[type=text][name=countries]").fill("Ісландія");
  await page.locator("[name=summary]").fill("Перший рядок\nдругий + знак");
  await page.locator("[name='contact.office']").fill("Відділ");
  await page.locator("[name='contact.email']").fill("office@example.org");
  await button.click();
  await page.waitForFunction(() => !document.querySelector(".result").hidden);
  assert.equal(await page.locator(".form-trouble").textContent(), "");
  const text = await page.locator(".result textarea").inputValue();
  const chosen = await page.locator("[name=countries]").nth(1).inputValue();
  assert.ok(text.includes("Хто шукає партнера: Громада & Ко, Україна\n"), text);
  assert.ok(text.includes(`: ${chosen}, Ісландія\n`), text);
  assert.ok(text.includes("другий + знак"), text);
  assert.equal(mails.length, 1);
  const mail = new URL(mails[0]);
  assert.equal(mail.protocol + mail.pathname, "mailto:katalog@example.org");
  const sent = Object.fromEntries(mail.search.slice(1).split("&").map((part) => part.split("=").map(decodeURIComponent)));
  assert.equal(sent.subject, "Шукаємо партнера: Громада & Ко, Україна");
  assert.equal(sent.body.replaceAll("\r\n", "\n"), text);
  assert.match(await page.locator(".result [role=status]").textContent(), /поштова програма/);
  await examine(page);

  await page.emulateMedia({ media: "print" });
  const paper = await page.evaluate(() => ({
    buttons: [...document.querySelectorAll("main button")].filter((button) => button.checkVisibility()).length,
    signature: document.querySelector(".signature").checkVisibility(),
    lines: [...document.querySelectorAll(".application .form-field > :is(input, textarea)")]
      .every((line) => getComputedStyle(line).borderBottomStyle === "solid" && getComputedStyle(line).borderTopStyle === "none"),
    boxes: document.querySelector("main input[type=checkbox]").checkVisibility(),
    address: document.querySelector(".contact").checkVisibility(),
  }));
  assert.deepEqual(paper, { buttons: 0, signature: true, lines: true, boxes: true, address: true });

  const plain = await visitor(t, { javaScriptEnabled: false });
  await plain.goto(`${site.url}uk/shukaiut-partnera/anketa/`);
  assert.equal(await plain.locator("main button:visible").count(), 0);
  assert.equal(await plain.locator("main a[href^='mailto:katalog@example.org']:visible").count(), 2);
  nothing([...page.troubles, ...plain.troubles]);
});

test("each chart has its table, open on paper, and nothing sticks out on a phone", async (t) => {
  const page = await visitor(t, { viewport: { width: 320, height: 640 } });
  for (const path of ["pl/statystyki/", "cs/statistiky/", "uk/statystyka/", "en/statistics/"]) {
    await page.goto(site.url + path);
    const out = await page.evaluate(() => [...document.querySelectorAll(".chart")].flatMap((chart) => {
      const { right } = chart.getBoundingClientRect();
      return [...chart.querySelectorAll("text")].filter((text) => text.getBoundingClientRect().right > right + 1).map((text) => text.textContent);
    }));
    nothing(out, `${path}: cut off`);
    const charts = await page.locator(".chart[role=img]").count();
    assert.ok(charts >= 4, path);
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator(".behind table tbody tr >> visible=true").count(), await page.locator(".behind tbody tr").count());
    await page.emulateMedia({ media: "screen" });
    await page.locator(".behind summary").first().click();
    assert.equal(await page.locator(".behind table").first().isVisible(), true);
    await examine(page);
  }
  nothing(page.troubles);
});
