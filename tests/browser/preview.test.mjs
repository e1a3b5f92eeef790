// The preview while a site is edited: in a real browser, and over HTTP beside fresh builds.
import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import { openBrowser, openPage } from "./browser.mjs";
import { serve, snippet, through, until } from "./preview.mjs";
import { build, freePort, nothing } from "./site.mjs";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** A small site with something of most kinds, in a folder of its own. */
const files = {
  "content/site.toml": `title = "Small"
languages = ["en", "pl"]
default_language = "en"
base_url = "https://example.org/"

[theme]
name = "own"
`,
  "content/cities/alfa.toml": `name = "Alfa"
country = "PL"
summary = "First lead."
`,
  "content/cities/alfa.en.md": `Text of Alfa.

## History

Long ago.
`,
  "content/cities/beta.toml": `name = "Beta"
country = "UA"
coat_of_arms = "/media/herb.svg"
`,
  "content/partnerships/alfa-beta.toml": `parties = ["alfa", "beta"]

[[step]]
type = "signing"
date = 2001-02-03
`,
  "content/news/one.en.md": `+++
title = "One"
date = 2020-01-01
parties = ["alfa"]
+++

News.
`,
  "content/news/draft.en.md": `+++
title = "Not yet"
date = 2020-02-02
draft = true
+++

Soon.
`,
  "content/media/herb.svg": `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>`,
  "themes/own/strings/en.toml": `published_by = "Published by"
`,
  "themes/own/assets/style.css": `body { color: rgb(1, 2, 3) }
`,
  "themes/own/templates/statistics.html": `{% extends "base.html" %}
{% block content %}<p class="own">Own statistics</p>{% endblock %}
`,
};

async function makeSite() {
  const root = await mkdtemp(join(tmpdir(), "twintown-preview-"));
  const put = async (path, text) => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  };
  for (const [path, text] of Object.entries(files)) await put(path, text);
  return { root, put, mend: (path) => put(path, files[path]), remove: () => rm(root, { recursive: true, force: true }) };
}

const get = async (url) => {
  const response = await fetch(url);
  return { status: response.status, text: await response.text() };
};
const has = (text) => (answer) => answer.text.includes(text);

let site, preview, browser;
before(async () => {
  site = await makeSite();
  preview = await serve(await freePort(), site.root);
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  preview?.child.kill("SIGKILL");
  await site?.remove();
});

// What one test has left broken must not break the others.
afterEach(async () => {
  await Promise.all(browser.contexts().map(closeContext));
  for (const path of Object.keys(files)) {
    if ((await readFile(join(site.root, path), "utf8").catch(() => null)) !== files[path]) await site.mend(path);
  }
});

/** Opens a page and waits until it follows the files. */
async function open(path, options) {
  const page = await openPage(browser, options);
  await page.goto(preview.url + path);
  await page.locator("twintown-preview #bar").waitFor();
  await page.waitForFunction(() => document.querySelector("twintown-preview")?.hidden === false);
  return page;
}
const main = (page) => page.locator("main").innerText();
const panel = (page) => page.locator("twintown-preview #panel");
const close = (page) => closeContext(page.context());

// Chromium, where several run at once, now and then never says that a page is closed
// which was loading itself again.
const closeContext = (context) => Promise.race([context.close(), new Promise((later) => setTimeout(later, 10_000).unref())]);

test("each kind of file is followed: texts, facts, partners, strings, style, template, settings", async () => {
  const page = await open("en/cities/alfa/");
  await page.evaluate(() => { window.same = true; });
  await site.put("content/cities/alfa.toml", files["content/cities/alfa.toml"].replace("First lead", "Second lead"));
  await page.getByText("Second lead.").waitFor();
  await site.put("content/cities/alfa.en.md", files["content/cities/alfa.en.md"].replace("Long ago", "Yesterday"));
  await page.getByText("Yesterday.").waitFor();
  // What another record says.
  await site.put("content/cities/beta.toml", files["content/cities/beta.toml"].replace("Beta", "Betania"));
  await page.locator("main").getByText("Betania").first().waitFor();
  await site.put("content/partnerships/alfa-beta.toml", files["content/partnerships/alfa-beta.toml"].replace("2001", "1999"));
  await page.locator("main").getByText("1999").first().waitFor();
  await site.put("content/site.toml", files["content/site.toml"].replace("Small", "Smaller"));
  await page.locator(".site-title").getByText("Smaller").waitFor();
  await site.put("themes/own/assets/style.css", "body { color: rgb(4, 5, 6) }");
  await page.waitForFunction(() => getComputedStyle(document.body).color === "rgb(4, 5, 6)");
  await site.put("themes/own/strings/en.toml", `partnerships = "Friends"`);
  await page.getByRole("heading", { name: "Friends" }).waitFor();
  assert.ok(await page.evaluate(() => window.same), "the page was patched, not loaded again");
  for (const path of Object.keys(files)) await site.mend(path);
  await page.getByText("First lead.").waitFor();
  await page.getByText("Long ago.").waitFor();
  nothing(page.troubles);
  await close(page);
});

test("what an editor does in the page stays: focus, what is typed, where it is scrolled", async () => {
  const page = await open("en/cities/alfa/", { viewport: { width: 800, height: 200 } });
  await page.locator("#s-search").fill("half a wor");
  await page.evaluate(() => scrollTo(0, 120));
  const scrolled = await page.evaluate(() => scrollY);
  await site.put("content/cities/alfa.en.md", files["content/cities/alfa.en.md"].replace("Long ago", "Recently"));
  await page.getByText("Recently.").waitFor();
  assert.equal(await page.locator("#s-search").inputValue(), "half a wor");
  assert.equal(await page.evaluate(() => document.activeElement.id), "s-search");
  assert.equal(await page.evaluate(() => scrollY), scrolled);
  await site.mend("content/cities/alfa.en.md");
  await page.getByText("Long ago.").waitFor();
  await close(page);
});

test("nothing is touched where the page's bytes are the same", async () => {
  const page = await open("en/cities/beta/");
  await page.evaluate(() => {
    window.changes = [];
    window.versions = 0;
    const told = ({ type, target, attributeName }) => `${type} ${attributeName} ${target.outerHTML ?? target.data}`;
    new MutationObserver((changes) => { window.changes.push(...changes.map(told)); }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    document.documentElement.addEventListener("twintown:shown", () => { window.versions += 1; });
  });
  await site.put("content/news/one.en.md", files["content/news/one.en.md"].replace("News.", "Other news."));
  await page.waitForFunction(() => window.versions > 0);
  assert.deepEqual(await page.evaluate(() => window.changes), []);
  await site.mend("content/news/one.en.md");
  await close(page);
});

test("files are saved in many ways, and no half of one is ever shown", async () => {
  const path = join(site.root, "content/cities/alfa.toml");
  const shown = new Set();
  const look = async () => {
    const { status, text } = await get(`${preview.url}en/cities/alfa/`);
    assert.equal(status, 200);
    shown.add(/class="lead"[^>]*>([^<]*)/.exec(text)?.[1] ?? "");
    return text;
  };
  const ways = [
    async (text) => writeFile(path, text),
    async (text) => { await writeFile(`${path}.new`, text); await rename(`${path}.new`, path); },
    // Moved away, made anew, the backup thrown away; with a swap file beside.
    async (text) => {
      await writeFile(join(dirname(path), ".alfa.toml.swp"), "swap");
      await rename(path, `${path}~`);
      await writeFile(path, text);
      await rm(`${path}~`);
      await rm(join(dirname(path), ".alfa.toml.swp"));
    },
    // Emptied, and written a moment later.
    async (text) => { await writeFile(path, ""); await new Promise((later) => setTimeout(later, 30)); await writeFile(path, text); },
  ];
  for (const [n, save] of ways.entries()) {
    const saved = save(files["content/cities/alfa.toml"].replace("First lead", `Lead ${n}`));
    await until(look, (text) => text.includes(`Lead ${n}.`), `way ${n}`);
    await saved;
  }
  assert.deepEqual([...shown].filter((lead) => !/^(First lead|Lead \d)\.$/.test(lead)), []);
  await site.mend("content/cities/alfa.toml");
  await until(look, (text) => text.includes("First lead."), "mended");
});

test("records and folders come, move and go", async () => {
  await site.put("content/cities/new/folder/gamma/index.toml", `name = "Gamma"\ncountry = "CZ"\n`);
  await until(() => get(`${preview.url}en/cities/gamma/`), has("Gamma"), "created");
  await until(() => get(`${preview.url}en/cities/`), has("Gamma"), "in the list");
  const page = await open("en/cities/gamma/");
  await rename(join(site.root, "content/cities/new"), join(site.root, "content/cities/moved"));
  await until(() => get(`${preview.url}en/cities/gamma/`), has("Gamma"), "moved");
  // The browser goes where the record is now.
  await site.put("content/cities/moved/folder/gamma/index.toml", `name = "Gamma"\ncountry = "CZ"\nslug = "third"\n`);
  await page.waitForURL(`${preview.url}en/cities/third/`);
  await rm(join(site.root, "content/cities/moved"), { recursive: true });
  await until(() => get(`${preview.url}en/cities/third/`), (answer) => answer.status === 404, "gone");
  await page.locator("twintown-preview").getByText("no longer part of the site").waitFor();
  assert.match(await main(page), /Gamma/, "the last good page stays");
  await close(page);
});

const broken = {
  "content/cities/alfa.toml": ["name = \n", "TW0101"],
  "content/cities/alfa.en.md": ["+++\ntitle = \n+++\nText", "TW0101"],
  "content/partnerships/alfa-beta.toml": [`parties = ["alfa", "nobody"]\n`, "nobody"],
  "content/site.toml": [`title = "Small\n`, "site.toml"],
  "themes/own/templates/statistics.html": ["{% block %}", "statistics.html"],
  "themes/own/strings/en.toml": ["published_by = [", "en.toml"],
};
for (const [path, [text, told]] of Object.entries(broken)) {
  test(`a mistake in ${path} is told over the page, and goes with its cause`, async () => {
    const page = await open(path.includes("partnerships") ? "en/partnerships/alfa-beta/" : "en/cities/alfa/");
    const before = await main(page);
    await site.put(path, text);
    await panel(page).getByText(told).first().waitFor();
    assert.equal(await main(page), before, "the last good page stays behind it");
    const link = panel(page).getByRole("link").first();
    assert.match(await link.getAttribute("href"), new RegExp(`^vscode://file/.*${path.replaceAll(".", "\\.")}:\\d+:\\d+$`));
    await site.mend(path);
    await panel(page).waitFor({ state: "hidden" });
    assert.equal(await main(page), before);
    nothing(page.troubles);
    await close(page);
  });
}

test("the panel can be used by keyboard and screen reader", async () => {
  const page = await open("en/cities/alfa/");
  await site.put("content/cities/alfa.toml", `name = "Alfa"\ncountry = "XX"\n`);
  await panel(page).waitFor();
  await page.evaluate(await readFile(axe, "utf8"));
  const found = await page.evaluate(async () => (await axe.run()).violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target).join(" ")}`));
  nothing(found, "axe");
  await page.keyboard.press("Escape");
  await panel(page).waitFor({ state: "hidden" });
  const count = page.locator("twintown-preview #count");
  await count.focus();
  await page.keyboard.press("Enter");
  await panel(page).waitFor();
  assert.equal(await panel(page).getAttribute("role"), "dialog");
  await page.keyboard.press("Escape");
  assert.equal(await page.evaluate(() => document.querySelector("twintown-preview").shadowRoot.activeElement.id), "count");
  await site.mend("content/cities/alfa.toml");
  await count.waitFor({ state: "hidden" });
  await close(page);
});

test("a site that is broken at the start is shown when it is mended", async (t) => {
  const other = await makeSite();
  await other.put("content/site.toml", "title = [");
  const started = await serve(await freePort(), other.root);
  t.after(async () => { started.child.kill("SIGKILL"); await other.remove(); });
  const page = await openPage(browser);
  await page.goto(`${started.url}en/cities/alfa/`);
  await panel(page).getByText("site.toml").first().waitFor();
  await other.mend("content/site.toml");
  await page.getByText("First lead.").waitFor();
  await close(page);
});

test("it is told where things come from", async () => {
  const page = await open("pl/cities/alfa/".replace("cities", "miasta"));
  await page.locator("twintown-preview #whence").click();
  await panel(page).getByText("content/cities/alfa.toml:3").waitFor();
  // The lead stands in from English, and the page says what it lacks.
  await panel(page).locator("li", { hasText: "summary" }).first().waitFor();
  await panel(page).getByText("English").first().waitFor();
  await page.getByText("First lead.").first().click();
  await panel(page).locator("#chosen").getByText("content/cities/alfa.toml:3").waitFor();
  await close(page);
});

test("drafts have pages here, marked; the overview has everything, and another day", async () => {
  const draft = await until(() => get(`${preview.url}en/news/draft/`), has("Not yet"), "draft");
  assert.equal(draft.status, 200);
  const page = await open("en/news/draft/");
  await page.locator("twintown-preview #draft").waitFor();
  await page.goto(`${preview.url}_twintown/`);
  for (const text of ["Problems", "Drafts and future items", "All pages and files"]) await page.getByRole("heading", { name: text }).waitFor();
  await page.locator("input[name=q]").fill("alfa beta");
  await page.locator("input[name=q]").press("Enter");
  await page.getByRole("link", { name: "/en/partnerships/alfa-beta/" }).waitFor();
  const foreign = await fetch(`${preview.url}_twintown/?as-of=2000-01-01`, { headers: { "sec-fetch-site": "cross-site" }, redirect: "manual" });
  assert.equal(foreign.status, 403);
  await page.locator("input[name=as-of]").fill("2000-01-01");
  await page.getByRole("button", { name: "Show" }).click();
  await until(() => get(`${preview.url}en/`), has("2000-01-01"), "another day");
  await until(() => get(`${preview.url}en/news/one/`), (answer) => answer.text.includes("One"), "future news has its page");
  // Not in the browser: its overview may just be showing itself again, which would interrupt the visit.
  await fetch(`${preview.url}_twintown/?as-of=2026-11-20`);
  await until(() => get(`${preview.url}en/`), has("2026-11-20"), "today again");
  await page.waitForFunction(() => document.querySelector("input[name=as-of]")?.value === "2026-11-20");
  await close(page);
});

test("several browsers follow, one goes along, and a restart is no end", async (t) => {
  const other = await makeSite();
  const port = await freePort();
  let started = await serve(port, other.root, "--follow");
  t.after(async () => { started.child.kill("SIGKILL"); await other.remove(); });
  const pages = await Promise.all([0, 1].map(async () => {
    const page = await openPage(browser);
    await page.goto(`${started.url}en/cities/alfa/`);
    await page.waitForFunction(() => document.querySelector("twintown-preview")?.hidden === false);
    return page;
  }));
  await other.put("content/cities/alfa.toml", files["content/cities/alfa.toml"].replace("First lead", "For both"));
  await Promise.all(pages.map((page) => page.getByText("For both.").waitFor()));
  await other.put("content/cities/beta.toml", files["content/cities/beta.toml"] + "# edited\n");
  await Promise.all(pages.map((page) => page.waitForURL(`${started.url}en/cities/beta/`)));
  started.child.kill("SIGKILL");
  await started.exit;
  await other.put("content/cities/beta.toml", files["content/cities/beta.toml"].replace("Beta", "Restarted"));
  started = await serve(port, other.root, "--follow");
  await Promise.all(pages.map((page) => page.locator("main").getByText("Restarted").first().waitFor()));
  await Promise.all(pages.map(close));
});

test("a preview that goes while a page is on its way is followed when it is back", async (t) => {
  const broken = new Set();
  const asked = [];
  const way = await through(preview.url, (path) => {
    asked.push(path);
    return broken.has(path);
  });
  t.after(way.close);
  broken.add("/_twintown/worker.js").add("/_twintown/preview.css");
  const page = await openPage(browser);
  await page.goto(`${way.url}en/cities/alfa/`);
  await until(() => [...broken].filter((path) => !asked.includes(path)), (missing) => missing.length === 0, "asked for");
  // The browser itself tries again a few times at once.
  await new Promise((later) => setTimeout(later, 500));
  broken.clear();
  await page.waitForFunction(() => document.querySelector("twintown-preview")?.hidden === false);
  await site.put("content/cities/alfa.toml", files["content/cities/alfa.toml"].replace("First lead", "Back again"));
  await page.getByText("Back again.").waitFor();
  await close(page);
});

test("after many edits at random no page is stale", async () => {
  let seed = Number(process.env.TWINTOWN_SEED ?? 20261120);
  const below = (end) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * end);
  };
  const edits = Number(process.env.TWINTOWN_EDITS ?? 30);
  const paths = Object.keys(files).filter((path) => path.startsWith("content/"));
  const cities = ["gamma", "delta", "eta"];
  for (let n = 0; n < edits; n += 1) {
    const path = paths[below(paths.length)];
    const city = cities[below(cities.length)];
    const does = below(6);
    if (does === 0) await site.put(`content/cities/${city}.toml`, `name = "${city} ${n}"\ncountry = "CZ"\n`);
    else if (does === 1) await rm(join(site.root, `content/cities/${city}.toml`), { force: true });
    else if (does === 2) await site.put(`content/partnerships/alfa-${n % 3}.toml`, `parties = ["alfa", "${n % 2 ? "beta" : city}"]\nkind = "contact"\n`).then(() => site.put(`content/cities/${city}.toml`, `name = "${city}"\ncountry = "CZ"\n`));
    else if (does === 3) await rm(join(site.root, `content/partnerships/alfa-${n % 3}.toml`), { force: true });
    else if (path.endsWith(".toml")) await site.put(path, `# edit ${n}\n${files[path].replace(/(First lead|Small|Beta)/, `$1 ${n}`)}`);
    else await site.mend(path);
    // A last file says when the preview has seen all that came before it.
    await site.put("content/cities/last.toml", `name = "Last ${n}"\ncountry = "SK"\nsummary = "Edit ${n}."\n`);
    await until(() => get(`${preview.url}en/cities/last/`), has(`Edit ${n}.`), `edit ${n}`);
    // What has errors can't be built; in the end nothing has.
    if (n % 10 === 9) await compare(n, await build(preview.url, site.root).catch(() => null));
  }
  for (const n of [0, 1, 2]) await rm(join(site.root, `content/partnerships/alfa-${n}.toml`), { force: true });
  for (const path of Object.keys(files)) await site.mend(path);
  await site.put("content/cities/last.toml", `name = "Last"\ncountry = "SK"\nsummary = "The end."\n`);
  await until(() => get(`${preview.url}en/cities/last/`), has("The end."), "the end");
  await compare(edits, await build(preview.url, site.root));

  async function compare(n, built) {
    if (!built) return;
    const different = [];
    for (const entry of await readdir(built.out, { recursive: true, withFileTypes: true })) {
      const file = join(entry.parentPath ?? entry.path, entry.name).slice(built.out.length + 1);
      if (!entry.isFile() || entry.name.startsWith(".") || file.startsWith("_")) continue;
      const answer = Buffer.from(await (await fetch(preview.url + file.replace(/(^|\/)index\.html$/, "$1"))).arrayBuffer());
      const at = answer.indexOf(snippet);
      if (!(at < 0 ? answer : answer.subarray(0, at)).equals(await readFile(join(built.out, file)))) different.push(file);
    }
    await built.remove();
    nothing(different, `stale after ${n + 1} edits`);
  }
});
