// What axe finds against WCAG 2.2 AA on one page of each kind, in each language, in light and dark.
// With DOUBTS=1 it also prints what axe could not decide.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { openBrowser, openPage } from "./browser.mjs";
import { nothing, openSite } from "./site.mjs";

const standard = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
// What a colour scheme or a narrow window can change; the rest of a page is the same in all of them.
const colour = ["color-contrast", "link-in-text-block"];
const size = ["target-size", "scrollable-region-focusable", "color-contrast"];

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
  return page.evaluate(async (runOnly) => {
    const { violations, incomplete, passes } = await window.axe.run(document, { runOnly });
    if (violations.length + incomplete.length + passes.length === 0) throw new Error("axe looked at nothing");
    const words = ({ id, help, nodes }) => {
      const [{ html, any, all, none }] = nodes;
      const why = [...any, ...all, ...none].map(({ message }) => message).join("; ");
      return `${nodes.length} × ${id} (${help}): ${html.slice(0, 200)}: ${why.slice(0, 300)}`;
    };
    return { faults: violations.map(words), doubts: incomplete.map(words) };
  }, runOnly);
}

const desktop = { width: 1280, height: 800 };
const phone = { width: 320, height: 640 };
const looks = [
  { look: "light", colorScheme: "light", viewport: desktop, runOnly: standard },
  { look: "dark", colorScheme: "dark", viewport: desktop, runOnly: colour },
  { look: "phone", colorScheme: "light", viewport: phone, runOnly: size },
];

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
  for (const { kind, urls } of kinds) {
    await t.test(kind, async (t) => {
      const found = [];
      const unsure = new Set();
      for (const [lang, url] of Object.entries(urls)) {
        await page.setViewportSize(desktop);
        await page.goto(url);
        for (const { look, colorScheme, viewport, runOnly } of looks) {
          await page.setViewportSize(viewport);
          await page.emulateMedia({ colorScheme });
          const { faults, doubts } = await examine(page, runOnly);
          found.push(...faults.map((fault) => `${lang}, ${look}: ${fault}`));
          doubts.forEach((doubt) => unsure.add(`${look}: ${doubt}`));
        }
      }
      if (process.env.DOUBTS) unsure.forEach((doubt) => t.diagnostic(doubt));
      nothing(found);
    });
  }
});
