// Takes pictures of the sample site; run it through scripts/pictures.
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { openBrowser, openPage } from "./browser.mjs";
import { openSite } from "./site.mjs";

const [folder, ...wanted] = process.argv.slice(2);
const sheets = process.env.SHEETS === "1";
const own = process.env.PICTURES_LANG;
const sizes = {
  desktop: { viewport: { width: 1280, height: 1000 } },
  phone: { viewport: { width: 390, height: 1000 }, deviceScaleFactor: sheets ? 1 : 2, hasTouch: true, isMobile: true },
};
const schemes = ["light", "dark"];

const nameOf = (kind) => kind.replace("/*", "-record").replace("/", "-");

/** A page on a phone and on a desktop, in light and in dark, each by its name. */
async function* taken(site, browser) {
  const kinds = [{ kind: "gateway", urls: Object.fromEntries(site.languages.map((lang) => [lang, site.url])) }, ...site.kinds];
  const chosen = kinds.filter(({ kind }) => wanted.length === 0 || wanted.includes(kind));
  if (chosen.length === 0) throw new Error(`kinds of page: ${kinds.map(({ kind }) => kind).join(" ")}`);
  const pages = [];
  for (const [size, settings] of Object.entries(sizes)) {
    for (const colorScheme of schemes) {
      // A language the site lacks, so that the gateway stays where it is.
      pages.push([`${size}.${colorScheme}`, await openPage(browser, { ...settings, colorScheme, locale: "ja-JP", reducedMotion: "reduce" })]);
    }
  }
  for (const [index, { kind, urls }] of chosen.entries()) {
    const lang = own ?? (sheets ? site.languages[index % site.languages.length] : "en");
    const pictures = {};
    for (const [name, page] of pages) {
      await page.goto(urls[lang], { waitUntil: "networkidle" });
      pictures[name] = await page.screenshot({ fullPage: process.env.FULL === "1" });
    }
    yield { kind, lang, pictures };
  }
  for (const [, page] of pages) await page.context().close();
}

/** The four pictures of a page side by side, as WebP: all of them in the space of one. */
async function sheet(page, pictures) {
  const images = Object.entries(pictures).map(([name, bytes]) => {
    const width = name.startsWith("phone") ? 195 : 640;
    return `<img width="${width}" height="500" src="data:image/png;base64,${bytes.toString("base64")}">`;
  });
  await page.setContent(`<body style="margin:0;padding:12px;display:flex;gap:12px;background:#8a8f94">${images.join("")}`);
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: 50 });
  await session.detach();
  return Buffer.from(data, "base64");
}

/** Makes a sheet of each kind of page, and the page of the docs that shows them. */
async function makeSheets(site, browser) {
  const easel = await openPage(browser, { viewport: { width: 1730, height: 524 } });
  const lines = ["# Every kind of page", "", "On a desktop and on a phone, in light and in dark; the languages take turns. Made by `scripts/pictures`.", ""];
  for await (const { kind, lang, pictures } of taken(site, browser)) {
    const name = `${nameOf(kind)}.webp`;
    await writeFile(join(folder, name), await sheet(easel, pictures));
    lines.push(`## \`${kind}\``, "", `![A page of the kind ${kind}, in the language ${lang}](${basename(folder)}/${name})`, "");
  }
  await writeFile(`${folder}.md`, lines.join("\n"));
}

const site = await openSite();
const browser = await openBrowser();
try {
  await mkdir(folder, { recursive: true });
  if (sheets) {
    for (const old of await readdir(folder)) await rm(join(folder, old));
    await makeSheets(site, browser);
  } else {
    for await (const { kind, pictures } of taken(site, browser)) {
      for (const [name, bytes] of Object.entries(pictures)) await writeFile(join(folder, `${nameOf(kind)}.${name}.png`), bytes);
    }
  }
  console.log(`${(await readdir(folder)).length} pictures in ${folder}`);
} finally {
  await browser.close();
  await site.close();
}
