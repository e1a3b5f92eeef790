// Pictures in a browser: the version that a screen needs, its colours, and a page that does not jump.
import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { openBrowser, openPage } from "./browser.mjs";
import { build, host } from "./site.mjs";

let browser, server, site, root;
before(async () => {
  browser = await openBrowser();
  root = await mkdtemp(join(tmpdir(), "twintown-images-"));
  for (const [path, text] of Object.entries(await files())) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  server = await host("/partners/", () => site.out);
  site = await build(server.url, root);
});
after(async () => {
  await browser?.close();
  await server?.close();
  await site?.remove();
  if (root) await rm(root, { recursive: true, force: true });
});

/** A site with pictures of both kinds, which the browser itself has made. */
async function files() {
  const page = await openPage(browser, { viewport: { width: 2000, height: 1200 } });
  await page.setContent('<body style="margin:0;background:linear-gradient(90deg,rgb(180,40,30) 50%,rgb(30,60,170) 50%)">');
  const photograph = await page.screenshot({ type: "jpeg", quality: 90 });
  await page.setViewportSize({ width: 400, height: 480 });
  await page.setContent('<body style="margin:0"><div style="margin:40px;height:400px;background:rgb(200,150,20)"></div>');
  const shield = await page.screenshot({ type: "png", omitBackground: true });
  await page.context().close();
  return {
    "content/site.toml": 'title = "T"\nlanguages = ["en"]\ndefault_language = "en"\nbase_url = "https://example.org/"\ntheme = { logo = "shield.png" }\n',
    "content/shield.png": shield,
    "content/cities/a/index.toml": 'name = "A"\ncountry = "PL"\ncoat_of_arms = "arms.png"\nimage = { file = "market.jpg", alt = "Market", credit = "N" }\ngallery = [{ file = "market.jpg", alt = "One" }, { file = "market.jpg", alt = "Two" }]\n',
    "content/cities/a/arms.png": shield,
    "content/cities/a/market.jpg": photograph,
    "content/cities/a/en.md": `Text.\n\n![In the text](market.jpg)\n\n${"More text. ".repeat(900)}\n`,
    "content/cities/b.toml": 'name = "B"\ncountry = "PL"\n',
  };
}

const looks = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true },
};

for (const [look, settings] of Object.entries(looks)) {
  test(`each screen loads the version it needs, and nothing jumps: ${look}`, async (t) => {
    const page = await openPage(browser, { ...settings, reducedMotion: "reduce" });
    t.after(() => page.context().close());
    // What comes late finds its place free.
    await page.route(/\/assets\/.*-\d+\./, async (route) => {
      await new Promise((later) => setTimeout(later, 150));
      await route.continue();
    });
    await page.addInitScript(() => {
      window.shifts = [];
      const told = ({ node, previousRect, currentRect }) => `${node?.nodeName}.${node?.className ?? node?.textContent}: ${JSON.stringify(previousRect)} → ${JSON.stringify(currentRect)}`;
      new PerformanceObserver((list) => list.getEntries().forEach((entry) => window.shifts.push(...entry.sources.map(told))))
        .observe({ type: "layout-shift", buffered: true });
    });
    await page.goto(`${server.url}en/cities/a/`, { waitUntil: "networkidle" });
    const early = await page.evaluate(() => [...document.images].filter((image) => image.currentSrc && image.complete).map((image) => image.alt));
    assert.ok(!early.includes("Two"), `loaded at once: ${early.join(", ")}`);
    await page.evaluate(async () => {
      for (const image of document.images) {
        image.scrollIntoView();
        await image.decode();
      }
    });
    const images = await page.evaluate(() => [...document.images].map((image) => {
      const { width } = image.getBoundingClientRect();
      const canvas = new OffscreenCanvas(40, 40);
      const context = canvas.getContext("2d", { willReadFrequently: true });
      context.drawImage(image, 0, 0, 40, 40);
      const at = (x, y) => [...context.getImageData(x, y, 1, 1).data];
      const wide = Number(/-(\d+)\.\w+$/.exec(image.currentSrc)?.[1]);
      return { alt: image.alt, src: image.currentSrc, shown: width, wide, left: at(8, 20), right: at(32, 20), corner: at(0, 0) };
    }));
    assert.deepEqual(await page.evaluate(() => window.shifts), [], "the page jumped");
    const near = (found, wanted) => found.every((value, n) => Math.abs(value - wanted[n]) < 10);
    const density = settings.deviceScaleFactor ?? 1;
    for (const image of images) {
      assert.ok(image.wide, `${image.alt}: ${image.src}`);
      const needed = image.shown * density;
      assert.ok(image.wide >= Math.min(needed * 0.9, 320) && image.wide <= Math.max(needed * 2.1, 640), `${image.alt}: ${image.wide} px for ${needed}`);
      if (image.src.endsWith(".jpg")) {
        assert.ok(near(image.left, [180, 40, 30, 255]) && near(image.right, [30, 60, 170, 255]), `${image.alt}: ${image.left} ${image.right}`);
      } else {
        assert.ok(near(image.left, [200, 150, 20, 255]) && image.corner[3] < 10, `${image.alt}: ${image.left} ${image.corner}`);
      }
    }
    assert.equal(images.filter((image) => image.src.endsWith(".jpg")).length, 4);
    assert.equal(images.filter((image) => image.src.endsWith(".webp")).length, 2);
    assert.deepEqual(page.troubles, []);
  });
}

test("where there are no arms there is a shield", async (t) => {
  const page = await openPage(browser);
  t.after(() => page.context().close());
  await page.goto(`${server.url}en/cities/b/`);
  const shield = page.locator(".no-arms");
  assert.equal(await shield.textContent(), "B");
  const { width, height } = await shield.boundingBox();
  assert.ok(width > 40 && height > width);
});
