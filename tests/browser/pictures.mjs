// Takes pictures of the sample site; run it through scripts/pictures.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { openBrowser, openPage } from "./browser.mjs";
import { openSite } from "./site.mjs";

const [folder, ...wanted] = process.argv.slice(2);
const lang = process.env.PICTURES_LANG ?? "en";
const sizes = {
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
  desktop: { viewport: { width: 1280, height: 800 } },
};

const site = await openSite();
const browser = await openBrowser();
try {
  await mkdir(folder, { recursive: true });
  const kinds = [{ kind: "gateway", urls: { [lang]: site.url } }, ...site.kinds];
  const chosen = kinds.filter(({ kind }) => wanted.length === 0 || wanted.includes(kind));
  if (chosen.length === 0) throw new Error(`kinds of page: ${kinds.map(({ kind }) => kind).join(" ")}`);
  for (const [size, settings] of Object.entries(sizes)) {
    for (const colorScheme of ["light", "dark"]) {
      // A language the site lacks, so that the gateway stays where it is.
      const page = await openPage(browser, { ...settings, colorScheme, locale: "ja-JP", reducedMotion: "reduce" });
      for (const { kind, urls } of chosen) {
        await page.goto(urls[lang], { waitUntil: "networkidle" });
        const name = `${kind.replace("/*", "-record").replace("/", "-")}.${size}.${colorScheme}.png`;
        await page.screenshot({ path: join(folder, name), fullPage: process.env.FULL === "1" });
      }
      await page.context().close();
    }
  }
  console.log(`${chosen.length * 4} pictures in ${folder}`);
} finally {
  await browser.close();
  await site.close();
}
