// What axe finds against WCAG 2.2 AA on one page of each kind, in each language: in light, in dark
// and in high contrast, at 320, 768 and 1280 px. Each page is looked at whole once, and in two of
// the other eight ways for what they can change, so that each kind is seen in all of them in one
// language or another. AXE=all looks at everything in every way (an hour); DOUBTS=1 also prints
// what axe could not decide.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { openBrowser, openPage } from "./browser.mjs";
import { nothing, openSite } from "./site.mjs";

const standard = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
// What colours and width can change; the rest of a page is the same in all of them.
const changeable = ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"];

const modes = ["light", "dark", "high"];
const widths = [1280, 768, 320];
const looks = widths.flatMap((width) => modes.map((mode) => ({ mode, width })));
const all = process.env.AXE === "all";

/** How a page is looked at: whole in light on a desktop, and in two other ways that go around. */
function ways(kind, language) {
  const [first, ...others] = looks;
  if (all) return looks.map((look) => ({ ...look, runOnly: standard }));
  const two = [0, 1].map((n) => others[(2 * (kind + language) + n) % others.length]);
  return [{ ...first, runOnly: standard }, ...two.map((look) => ({ ...look, runOnly: changeable }))];
}

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

/** What axe finds on the page just shown, like things together; `doubts` are for a person to look at. */
async function examine(page, runOnly) {
  if (await page.evaluate(() => typeof window.axe === "undefined")) await page.evaluate(axe);
  // Whatever else was looked at is only counted: to describe every element takes longest.
  const resultTypes = process.env.DOUBTS ? ["violations", "incomplete"] : ["violations"];
  return page.evaluate(async (options) => {
    const { violations, incomplete, passes } = await window.axe.run(document, options);
    if (violations.length + incomplete.length + passes.length === 0) throw new Error("axe looked at nothing");
    const words = ({ id, help, nodes }) => {
      const [{ html, any, all, none }] = nodes;
      const why = [...any, ...all, ...none].map(({ message }) => message).join("; ");
      return `${nodes.length} × ${id} (${help}): ${html.slice(0, 200)}: ${why.slice(0, 300)}`;
    };
    return { faults: violations.map(words), doubts: incomplete.map(words) };
  }, { runOnly, resultTypes });
}

/** Shows a page in one of its ways, as the reader's controls do. */
async function show(page, { mode, width }) {
  await page.setViewportSize({ width, height: 800 });
  await page.emulateMedia({ colorScheme: mode === "light" ? "light" : "dark" });
  await page.evaluate((high) => {
    if (high) document.documentElement.dataset.contrast = "high";
    else delete document.documentElement.dataset.contrast;
  }, mode === "high");
}

test("axe finds nothing", async (t) => {
  const page = await openPage(browser, { locale: "ja-JP", reducedMotion: "reduce" });
  t.after(() => page.context().close());

  await t.test("but what is wrong", async () => {
    const broken = '<html><body><img src="x.png"><p style="color: #999; background: #fff">grey</p>';
    await page.goto("about:blank");
    await page.setContent(broken);
    const { faults } = await examine(page, standard);
    for (const rule of ["image-alt", "color-contrast", "html-has-lang"]) {
      assert.ok(faults.some((fault) => fault.includes(rule)), rule);
    }
  });

  const kinds = [...site.kinds, { kind: "gateway", urls: { "all languages": site.url } }];
  for (const [index, { kind, urls }] of kinds.entries()) {
    await t.test(kind, async (t) => {
      const found = [];
      const unsure = new Set();
      for (const [at, [lang, url]] of Object.entries(urls).entries()) {
        await page.goto(url);
        for (const way of ways(index, at)) {
          await show(page, way);
          const { faults, doubts } = await examine(page, way.runOnly);
          const look = `${way.mode}, ${way.width} px`;
          found.push(...faults.map((fault) => `${lang}, ${look}: ${fault}`));
          doubts.forEach((doubt) => unsure.add(`${look}: ${doubt}`));
        }
      }
      if (process.env.DOUBTS) unsure.forEach((doubt) => t.diagnostic(doubt));
      nothing(found);
    });
  }
});
