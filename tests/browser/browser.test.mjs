// The site in a real browser: with and without JavaScript, by keyboard, on a phone, on paper, moved elsewhere.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { follow, openBrowser, openPage } from "./browser.mjs";
import { host, nothing, openSite } from "./site.mjs";

let site, browser;
before(async () => {
  site = await openSite();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await site?.close();
});

/** A page of the site with the given browser settings, closed after the test. */
async function visitor(t, options) {
  const page = await openPage(browser, options);
  t.after(() => page.context().close());
  return page;
}

test("the gateway leads a visitor to the browser's language and stays out of the way of Back", async (t) => {
  const page = await visitor(t, { locale: "cs-CZ" });
  await page.goto("about:blank");
  await page.goto(site.url);
  await page.waitForURL(`${site.url}cs/`);
  assert.equal(await page.locator("html").getAttribute("lang"), "cs");
  await page.goBack();
  assert.equal(page.url(), "about:blank");
});

test("the gateway lists the languages to a visitor with none of them, or without JavaScript", async (t) => {
  for (const options of [{ locale: "ja-JP" }, { locale: "cs-CZ", javaScriptEnabled: false }]) {
    const page = await visitor(t, options);
    await page.goto(site.url, { waitUntil: "networkidle" });
    assert.equal(page.url(), site.url);
    const links = await page.locator("a[hreflang]").evaluateAll((all) => all
      .filter((link) => link.checkVisibility())
      .map((link) => ({ url: link.href, lang: link.hreflang, marked: link.closest("[lang]").lang })));
    const expected = ["pl", "cs", "uk", "en"].map((lang) => ({ url: `${site.url}${lang}/`, lang, marked: lang }));
    assert.deepEqual(links, expected);
    nothing(page.troubles);
  }
});

test("a visitor without JavaScript walks from the home page to a partnership and back, and changes the language", async (t) => {
  const page = await visitor(t, { javaScriptEnabled: false, viewport: { width: 1280, height: 800 } });
  const [cities, partnerships] = [await site.data("cities"), await site.data("partnerships")];
  const partnership = partnerships.find(({ parties }) => cities.some(({ id }) => parties.includes(id)));
  const city = cities.find(({ id }) => partnership.parties.includes(id));
  const section = (url) => new URL("..", url).href;

  await page.goto(`${site.url}pl/`);
  await follow(page, section(city.urls.pl));
  await follow(page, city.urls.pl, "main");
  await follow(page, partnership.urls.pl, "main");
  await follow(page, partnership.urls.uk);
  assert.equal(await page.locator("html").getAttribute("lang"), "uk");
  await follow(page, partnership.urls.pl);
  const crumbs = "nav:has([aria-current=page])";
  await follow(page, section(partnership.urls.pl), crumbs);
  await follow(page, partnership.urls.pl, "main");
  await follow(page, `${site.url}pl/`, crumbs);
  nothing(page.troubles);
});

test("changing the language keeps the place: a section of the page, a heading of the text", async (t) => {
  const page = await visitor(t, { viewport: { width: 1280, height: 800 } });
  const text = `${site.url}pl/o-katalogu/`;
  await page.goto(text);
  const ids = async () => page.locator(".body :is(h2, h3)[id]").evaluateAll((all) => all.map(({ id }) => id));
  const polish = await ids();
  assert.ok(polish.length > 1, "the page has headings");
  await page.goto(`${text}#${polish[1]}`);
  const ukrainian = await page.locator(".languages a[lang=uk]").evaluate((link) => link.href);
  assert.match(ukrainian, /#text-2$/);
  await page.locator(".languages a[lang=uk]").click();
  await page.waitForURL(/\/uk\/.*#(?!text-)/);
  assert.equal(new URL(page.url()).hash, `#${(await ids())[1]}`);
  assert.notEqual((await ids())[1], polish[1], "the headings have ids of their own language");

  const [partnership] = await site.data("partnerships");
  await page.goto(`${partnership.urls.pl}#s-parties`);
  await follow(page, `${partnership.urls.cs}#s-parties`);
  await page.goto(`${site.url}pl/miasta/#letter-m`);
  await follow(page, `${site.url}cs/mesta/#letter-m`);
  nothing(page.troubles);
});

test("the reader's text size and colours hold for all pages, and the keys for them can be switched off", async (t) => {
  const page = await visitor(t, { viewport: { width: 1280, height: 800 } });
  await page.goto(`${site.url}pl/`);
  const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize));
  const normal = await size();
  await page.keyboard.press("+");
  const larger = await size();
  assert.ok(larger > normal, `${larger} > ${normal}`);
  await page.getByRole("button", { name: "Wygląd" }).click();
  await page.getByLabel("wysoki kontrast").check();
  await page.getByLabel(/klawisze/).uncheck();
  await page.keyboard.press("Escape");

  await page.goto(`${site.url}cs/mesta/`);
  assert.equal(await size(), larger);
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(0, 0, 0)");
  await page.locator("main").press("+");
  assert.equal(await size(), larger, "the key is switched off");

  await page.getByRole("button", { name: "Zobrazení" }).click();
  await page.getByRole("button", { name: "Obnovit nastavení" }).click();
  assert.equal(await size(), normal);
  assert.deepEqual(await page.evaluate(() => ({ ...localStorage })), {}, "nothing is kept that is not chosen");
  nothing(page.troubles);
});

test("the data, the address bar and the language switch agree on where a record is", async () => {
  for (const kind of ["cities", "regions", "organisations", "partnerships", "seekers", "news", "events", "projects"]) {
    for (const { id, urls } of await site.data(kind)) {
      for (const lang of site.languages) {
        assert.ok(urls[lang]?.startsWith(`${site.url}${lang}/`), `${kind} ${id}: ${urls[lang]}`);
        const answer = await fetch(urls[lang], { method: "HEAD" });
        assert.equal(answer.status, 200, urls[lang]);
      }
    }
  }
});

/** What is wrong with the page just opened. */
async function flaws(page, url) {
  const flaws = page.troubles.splice(0);
  for (const asked of page.asked.splice(0)) {
    if (!asked.startsWith(site.url) && !asked.startsWith("data:")) flaws.push(`asked ${asked}`);
  }
  for (const { path, status } of site.requests.splice(0)) {
    if (status >= 400 && site.origin + path !== url) flaws.push(`${status} for ${path}`);
  }
  return flaws;
}

test("no page asks elsewhere, breaks its policy, misses a file or scrolls sideways on a phone", async (t) => {
  assert.ok(site.kinds.length > 20, "the sample site has lost kinds of page");
  const page = await visitor(t, { locale: "ja-JP", viewport: { width: 1280, height: 800 } });
  for (const { kind, urls } of [...site.kinds, { kind: "gateway", urls: { "all languages": site.url } }]) {
    await t.test(kind, async () => {
      const found = [];
      for (const [lang, url] of Object.entries(urls)) {
        site.requests.length = 0;
        await page.setViewportSize({ width: 1280, height: 800 });
        await page.goto(url, { waitUntil: "load" });
        found.push(...(await flaws(page, url)).map((flaw) => `${lang}: ${flaw}`));
        for (const width of [1280, 768, 320]) {
          await page.setViewportSize({ width, height: 640 });
          const needed = await page.evaluate(() => document.scrollingElement.scrollWidth);
          if (needed > width) found.push(`${lang}: needs ${needed} px at ${width}: ${await widest(page, width)}`);
        }
        // 320 px is 1280 px at 400 %. Text alone grows to 200 % by the reader's own control.
        for (const width of [1280, 640]) {
          await page.setViewportSize({ width, height: 640 });
          await page.evaluate(() => document.documentElement.style.setProperty("--text-size", "200%"));
          const needed = await page.evaluate(() => document.scrollingElement.scrollWidth);
          if (needed > width) found.push(`${lang}: needs ${needed} px at ${width} in large letters: ${await widest(page, width)}`);
          found.push(...(await cutOff(page)).map((what) => `${lang}: cut off at ${width} in large letters: ${what}`));
        }
      }
      nothing(found);
    });
  }
});

/** Texts that are wider or higher than the box that hides the rest of them. */
async function cutOff(page) {
  return page.evaluate(() => [...document.body.querySelectorAll("*")]
    .filter((e) => {
      if (!e.textContent.trim() || e instanceof SVGElement || e.closest("[hidden], .visually-hidden, [popover]:not(:popover-open)")) return false;
      const { overflowX, overflowY, clipPath } = getComputedStyle(e);
      if (clipPath !== "none") return false;
      const hides = (value) => value === "hidden" || value === "clip";
      return (hides(overflowX) && e.scrollWidth > e.clientWidth + 1) || (hides(overflowY) && e.scrollHeight > e.clientHeight + 1);
    })
    .map((e) => `<${e.localName} class="${e.className}">`));
}

/** The elements that stick out of a page of that width, the innermost only. */
async function widest(page, width) {
  return page.evaluate((width) => {
    const out = [...document.body.querySelectorAll("*")].filter((e) => e.getBoundingClientRect().right > width + 0.5);
    return out.filter((e) => !out.some((o) => o !== e && e.contains(o))).slice(0, 3).map((e) =>
      `<${e.localName} class="${e.getAttribute("class") ?? ""}"> ${e.textContent.trim().slice(0, 60)}`).join(" | ");
  }, width);
}

/** Where one press of the Tab key leads, once that is drawn: nobody presses twice between two frames. */
async function tab(page) {
  await page.keyboard.press("Tab");
  await page.waitForTimeout(40);
  return page.evaluate(focused);
}

const focused = () => {
  const element = document.activeElement;
  const box = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  return {
    tag: element.localName,
    url: element.href ?? null,
    text: element.textContent.trim(),
    inMenu: element.closest("nav")?.matches("header nav:not(:has([hreflang]))") ?? false,
    seen: element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
      && box.width > 1 && box.height > 1 && box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight,
    marked: (style.outlineStyle !== "none" && style.outlineWidth !== "0px") || style.boxShadow !== "none",
  };
};

test("the keyboard meets the skip link first and reaches every link of the menu", async (t) => {
  const page = await visitor(t, { viewport: { width: 1280, height: 800 } });
  for (const [index, { kind, urls }] of site.kinds.entries()) {
    const url = urls[site.languages[index % site.languages.length]];
    await page.goto(url);
    const skip = await tab(page);
    const target = await page.evaluate(() => document.querySelector("main").id);
    assert.equal(skip.url && new URL(skip.url).hash, `#${target}`, `${url}: the first stop is ${skip.text}`);
    assert.ok(skip.seen && skip.marked, `${url}: the skip link does not show when it has the focus`);
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.localName), "main", `${kind}: ${url}`);
  }
  // The menu is the same everywhere: one page in each language is enough.
  for (const [lang, url] of Object.entries(site.kinds.find(({ kind }) => kind === "cities/*").urls)) {
    await page.goto(url);
    const wanted = new Set(await page.evaluate(() =>
      [...document.querySelectorAll("header nav:not(:has([hreflang])) a")].map((link) => link.href)));
    assert.ok(wanted.size > 3, `${lang}: no menu`);
    for (let stops = 0; stops < 60 && wanted.size > 0; stops += 1) {
      const stop = await tab(page);
      if (stop.inMenu) wanted.delete(stop.url);
      assert.ok(stop.seen && stop.marked, `${lang}: the focus does not show on <${stop.tag}> ${stop.text}`);
    }
    nothing(wanted, `${lang}: out of reach of the Tab key`);
  }
});

test("on a phone, with the keyboard or without JavaScript, the menu is within reach", async (t) => {
  for (const javaScriptEnabled of [true, false]) {
    const page = await visitor(t, { viewport: { width: 320, height: 640 }, javaScriptEnabled });
    const { urls } = site.kinds.find(({ kind }) => kind === "cities/*");
    await page.goto(urls.pl);
    const target = new URL("..", urls.pl).href;
    let stop;
    for (let stops = 0; stops < 60 && stop?.url !== target; stops += 1) {
      stop = await tab(page);
      if (stop.inMenu && stop.tag === "button") await page.keyboard.press("Enter");
    }
    assert.ok(stop.url === target && stop.inMenu && stop.seen, "the menu did not open");
    await page.keyboard.press("Enter");
    await page.waitForURL(target);
    nothing(page.troubles);
  }
});

test("on paper there is the text and no navigation", async (t) => {
  const page = await visitor(t);
  await page.emulateMedia({ media: "print" });
  for (const { kind, urls } of site.kinds) {
    await page.goto(urls.en);
    const shown = await page.evaluate(() => ({
      navigation: [...document.querySelectorAll("nav")].filter((nav) => nav.checkVisibility()).map((nav) => nav.ariaLabel),
      heading: document.querySelector("main h1").checkVisibility(),
    }));
    assert.deepEqual(shown, { navigation: [], heading: true }, kind);
  }
});

/** Every address a page names in an href or src, less the metadata that is absolute on purpose. */
function links(html, url) {
  const body = html.replaceAll(/<link rel="(canonical|alternate)"[^>]*hreflang[^>]*>|<link rel="canonical"[^>]*>/g, "");
  return [...body.matchAll(/\s(?:href|src)="([^"]*)"/g)].map(([, link]) => new URL(link.replaceAll("&amp;", "&"), url));
}

test("moved to another path, the same files still work and every link inside the site leads somewhere", async (t) => {
  const moved = await host("/elsewhere/deep/", () => site.out);
  t.after(() => moved.close());
  const ids = new Map();
  const load = async (address) => {
    if (!ids.has(address)) {
      const answer = await fetch(address, { redirect: "manual" });
      const text = await answer.text();
      ids.set(address, { status: answer.status, text, ids: new Set([...text.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id)) });
    }
    return ids.get(address);
  };
  const wrong = [];
  // Pages for an unknown address cannot know how deep they are shown, so they name their files from the root.
  for (const { kind, urls } of site.kinds.filter(({ kind }) => kind !== "404")) {
    for (const url of Object.values(urls)) {
      const here = moved.url + url.slice(site.url.length);
      const page = await load(here);
      if (page.status !== 200) wrong.push(`${kind}: ${here} gives ${page.status}`);
      for (const link of links(page.text, here)) {
        if (link.protocol === "mailto:" || link.protocol === "tel:") continue;
        if (link.origin !== moved.origin) {
          // The law wants the site's own address in the statement of accessibility.
          if (link.href.startsWith(site.origin) && kind !== "accessibility") wrong.push(`${kind}: ${link.href} is not relative`);
          continue;
        }
        const fragment = decodeURIComponent(link.hash.slice(1));
        link.hash = "";
        const target = await load(link.href);
        if (target.status !== 200) wrong.push(`${kind}: ${here} → ${link.href} gives ${target.status}`);
        else if (fragment && !target.ids.has(fragment)) wrong.push(`${kind}: ${here} → ${link.href} has no #${fragment}`);
      }
    }
  }
  nothing(wrong);

  const page = await visitor(t);
  await page.goto(`${moved.url}cs/`);
  assert.ok(await page.evaluate(() => document.styleSheets[0].cssRules.length > 0), "the style sheet is missing");
  await page.locator("main a[href]").first().click();
  await page.waitForURL(`${moved.url}**`);
  nothing(page.troubles);
  nothing(moved.requests.filter(({ status }) => status >= 400).map(({ path }) => path), "missing");
});

test("an unknown address gets the page that says so, in working order", async (t) => {
  const page = await visitor(t);
  const answer = await page.goto(`${site.url}pl/nie/ma/takiej/strony/`);
  assert.equal(answer.status(), 404);
  assert.equal(await page.content().then((html) => html.includes("<h1")), true);
  assert.ok(await page.evaluate(() => document.styleSheets[0].cssRules.length > 0), "the style sheet is missing");
  for (const lang of site.languages) {
    assert.equal(await page.locator(`main a[href="${new URL(site.url).pathname}${lang}/"]`).first().isVisible(), true, lang);
  }
  const own = await readFile(join(site.out, "404.html"), "utf8");
  assert.match(own, /<meta name="robots" content="noindex/);
});
