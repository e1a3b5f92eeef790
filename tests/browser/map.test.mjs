// Maps in a real browser: by keyboard, with the pointer, with the list beside them, without JavaScript.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser, openPage } from "./browser.mjs";
import { nothing, openSite } from "./site.mjs";

let site, browser;
before(async () => {
  site = await openSite();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await site?.close();
});

async function visitor(t, options) {
  const page = await openPage(browser, { viewport: { width: 1280, height: 800 }, ...options });
  t.after(() => page.context().close());
  return page;
}

/** The city with the most partners whose place is known. */
async function joined() {
  const cities = new Map((await site.data("cities")).filter(({ location }) => location).map((city) => [city.id, city]));
  const partners = new Map();
  for (const { parties } of await site.data("partnerships")) {
    for (const id of parties.filter((id) => cities.has(id))) {
      const others = parties.filter((other) => other !== id && cities.has(other));
      partners.set(id, [...(partners.get(id) ?? []), ...others]);
    }
  }
  const [id, others] = [...partners].sort(([, a], [, b]) => b.length - a.length)[0];
  return { city: cities.get(id), partners: others.map((other) => cities.get(other)) };
}

const dots = (page) => page.locator(".sheet a.place");
const addresses = (links) => links.evaluateAll((all) => all.map((link) => new URL(link.getAttribute("href"), document.baseURI).href));

test("the map's links are those of the list, and lead there by pointer and by keyboard", async (t) => {
  const { city, partners } = await joined();
  assert.ok(partners.length > 1);
  for (const javaScriptEnabled of [true, false]) {
    const page = await visitor(t, { javaScriptEnabled });
    await page.goto(city.urls.pl);
    const there = await addresses(dots(page));
    assert.deepEqual(there.toSorted(), [...new Set(partners.map(({ urls }) => urls.pl))].toSorted());
    const list = await addresses(page.locator("[aria-labelledby=s-partnerships] a[href]"));
    nothing(there.filter((url) => !list.includes(url)), "not in the list");

    await dots(page).last().locator("circle").click();
    await page.waitForURL(there.at(-1));
    await page.goto(city.urls.pl);
    const reached = new Map();
    for (let presses = 0; presses < 60 && reached.size < there.length; presses += 1) {
      await page.keyboard.press("Tab");
      const at = await page.evaluate(() => {
        const { activeElement: element } = document;
        if (!element.matches(".sheet a")) return null;
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        const { stroke } = getComputedStyle(element.querySelector("circle"));
        return { url: new URL(element.getAttribute("href"), document.baseURI).href, marked: outlineStyle !== "none" && outlineWidth !== "0px", stroke };
      });
      if (at) reached.set(at.url, at);
    }
    assert.deepEqual([...reached.keys()], there, "the Tab key meets them in their order");
    for (const { url, marked, stroke } of reached.values()) assert.ok(marked && !/, 0\)$|transparent/.test(stroke), `${url} shows no focus: ${stroke}`);
    const last = [...reached.keys()].at(-1);
    await page.keyboard.press("Enter");
    await page.waitForURL(last);
    nothing(page.troubles);
  }
});

test("names have room: none lies on another name, at any width", async (t) => {
  const page = await visitor(t);
  for (const url of [site.url + "uk/", site.url + "pl/", (await joined()).city.urls.en]) {
    await page.goto(url);
    for (const width of [1280, 768, 320]) {
      await page.setViewportSize({ width, height: 800 });
      const boxes = await page.locator(".sheet text").evaluateAll((all) => all.filter((text) => text.checkVisibility()).map((text) => {
        const { left, right, top, bottom } = text.getBoundingClientRect();
        const sheet = text.closest("svg").getBoundingClientRect();
        const inside = left >= sheet.left && right <= sheet.right && top >= sheet.top - 2 && bottom <= sheet.bottom + 2;
        return { name: text.textContent, left, right, top: top + 2, bottom: bottom - 2, inside };
      }));
      assert.ok(boxes.length > 1, `${url} has names at ${width}`);
      const touching = boxes.flatMap((a, i) => boxes.slice(i + 1)
        .filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
        .map((b) => `${width}: ${a.name} and ${b.name}`));
      nothing([...touching, ...boxes.filter(({ inside }) => !inside).map(({ name }) => `${width}: ${name} is cut off`)], url);
    }
  }
});

test("pointing at a town lights up its partners, on the map and from the list", async (t) => {
  const page = await visitor(t);
  await page.goto(site.url + "pl/");
  const { city, partners } = await joined();
  const lit = () => page.locator(".sheet.lit .place.near").evaluateAll((all) => all.map((place) => new URL(place.getAttribute("href"), document.baseURI).href));
  const dot = page.locator(`.sheet a.place[href$="${new URL(city.urls.pl).pathname.split("/pl/")[1]}"]`);
  await dot.focus();
  assert.deepEqual((await lit()).toSorted(), [city, ...partners].map(({ urls }) => urls.pl).toSorted());
  const dim = await page.locator(".sheet .place:not(.near)").first().evaluate((place) => getComputedStyle(place).opacity);
  assert.ok(dim < 0.5, `the others stay at ${dim}`);
  await dot.blur();
  assert.deepEqual(await lit(), []);
  await dot.locator("circle").hover();
  assert.equal((await lit()).length, partners.length + 1);

  await page.goto(city.urls.pl);
  await page.locator(`[aria-labelledby=s-partnerships] a[href$="${new URL(partners[0].urls.pl).pathname.split("/pl/")[1]}"]`).first().hover();
  const near = await page.locator(".sheet .place.near:not(.own)").evaluateAll((all) => all.map((place) => new URL(place.getAttribute("href"), document.baseURI).href));
  assert.deepEqual(near, [partners[0].urls.pl]);
});

test("what a filter hides in the list is hidden on the map, with its lines", async (t) => {
  const page = await visitor(t);
  const { city, partners } = await joined();
  await page.goto(city.urls.en);
  const before = await dots(page).count();
  const part = new URL(partners[0].urls.en).pathname.split("/en/")[1];
  const entry = page.locator("[aria-labelledby=s-partnerships] .entry", { has: page.locator(`a[href$="${part}"]`) }).first();
  const visible = () => dots(page).evaluateAll((all) => all.filter((dot) => dot.checkVisibility()).length);
  const lines = () => page.locator(".sheet .lines path").evaluateAll((all) => all.filter((line) => line.checkVisibility()).length);
  const drawn = await lines();
  await entry.evaluate((element) => { element.hidden = true; });
  await page.waitForFunction(() => document.querySelector(".sheet .place[hidden]"));
  assert.deepEqual([await visible(), await lines()], [before - 1, drawn - 1]);
  await entry.evaluate((element) => { element.hidden = false; });
  await page.waitForFunction(() => !document.querySelector(".sheet .place[hidden]"));
  assert.deepEqual([await visible(), await lines()], [before, drawn]);
});

test("the base map is there, in light and dark, and on paper", async (t) => {
  for (const [colorScheme, media] of [["light", "screen"], ["dark", "screen"], ["light", "print"]]) {
    const page = await visitor(t, { colorScheme });
    await page.emulateMedia({ media });
    await page.goto((await joined()).city.urls.cs, { waitUntil: "networkidle" });
    const box = await page.locator(".sheet").first().boundingBox();
    assert.ok(box.width > 300 && box.height > 150, `${JSON.stringify(box)}`);
    const base = await page.locator(".sheet image").first().evaluate((image) => new URL(image.getAttribute("href"), document.baseURI).href);
    assert.ok(page.asked.includes(base), `${base} was not asked for`);
    // With the base hidden the picture is another one.
    const shown = await page.locator(".sheet").first().screenshot();
    await page.locator(".sheet image").first().evaluate((image) => image.remove());
    const without = await page.locator(".sheet").first().screenshot();
    assert.ok(!shown.equals(without), `${colorScheme}, ${media}: the base map does not show`);
    nothing(page.troubles);
  }
});
