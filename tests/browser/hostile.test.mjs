// Content is written by many hands. Nothing that somebody types may run in a visitor's browser,
// ask another host, or break out of the page: what is not refused must be harmless.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { openBrowser, openPage } from "./browser.mjs";
import { day, host, nothing, program, repository } from "./site.mjs";

// ---- what is typed ----

const ran = "window.__ran=1";

/** Payloads for texts. Each text has all of them, and each text begins with another one. */
const payloads = [
  `<script>${ran}</script>`,
  `"><img src=x onerror=${ran}>`,
  `'-window.__ran-'`,
  `</script><script>${ran}</script>`,
  `</title></style></textarea><svg onload=${ran}>`,
  `' onfocus=${ran} autofocus tabindex=0 x='`,
  `" onpointerover=${ran} style=background:url(//evil.example/a) x="`,
  "<!--",
  "]]>",
  "<![CDATA[",
  "{{ 7*7 }}",
  '{% include "x" %}',
  "{# x",
  "&lt;script&gt;",
  `javascript:${ran}`,
  "a\u2028b\u2029c",
  '=HYPERLINK("http://evil.example","x")',
  "+1+cmd|'/C calc'!A0",
  "@SUM(1)",
  "-1+1",
  "\t=1+1",
  "\n=1+1",
  "\r\nBEGIN:VALARM\r\nEND:VEVENT",
  "a\\",
  "%0d%0aSet-Cookie:a=b",
];

/** Texts made of all payloads. */
function hostileTexts() {
  let count = 0;
  return () => {
    const first = count++ % payloads.length;
    return [...payloads.slice(first), ...payloads.slice(0, first)].join(" ");
  };
}

/** As many texts that are nothing but words. */
function harmlessTexts() {
  let count = 0;
  return () => `Word ${count++}`;
}

/** Markdown that is accepted, with warnings at most. */
const markdown = {
  "raw HTML, as a block": `<div onclick="${ran}">\n<script>${ran}</script>\n</div>`,
  "raw HTML, one element a block": `<script>${ran}</script>`,
  "raw HTML with a body of its own": `<style>body { background: url(//evil.example/b) }</style>`,
  "raw HTML in a line": `a <b onclick="${ran}">b</b> <img src=x onerror=${ran}> <svg onload=${ran}> c`,
  "a comment": `<!-- <script>${ran}</script> -->`,
  "a comment of several lines": `<!--\n<script>${ran}</script>\n-->`,
  "a comment that ends early": `<!--> <img src=x onerror=${ran}> -->`,
  "a comment in a line": `a <!-- b --> <img src=x onerror=${ran}> <!-- c`,
  "a declaration and CDATA": `<!DOCTYPE html [<!ENTITY a "b">]>\n\n<![CDATA[<script>${ran}</script>]]>\n\n<?php ${ran} ?>`,
  "a link with a title": `[a](https://example.org/ "x" onclick=${ran}) [b](https://example.org/ 'x" onclick="${ran}')`,
  "a link with quotes in its address": `[a](https://example.org/"onclick="${ran}) [b](<https://example.org/' onclick='${ran}>)`,
  "a link with a hostile text": `[<img src=x onerror=${ran}> ](https://example.org/)`,
  "an autolink": `<https://example.org/"onclick="${ran}>`,
  "an address with a name and a password": `<https://example.org@evil.example/>`,
  "mail and telephone": `[a](mailto:a@example.org?subject="><script>${ran}</script>) [b](tel:+1"onclick=${ran}) <a.b@example.org>`,
  "what is no link to Markdown": `[a](java script:${ran}) <//evil.example/> <java\nscript:${ran}>`,
  "a picture": `![" onerror=${ran} x="](/media/picture.svg "\\" onload=${ran}") ![<script>${ran}</script>](/media/picture.svg)`,
  "a heading with attributes": `## <b>a</b> "><script>${ran}</script> {onclick=${ran} #a"onclick="${ran} .b"onclick="${ran}}`,
  "a heading with an id of the page": `### content {#content}\n\n### s-menu {#s-menu}`,
  "a heading without letters": `### "><>'`,
  "a footnote": `a[^"><script>] b[^__proto__] c[^constructor]\n\n[^"><script>]: <script>${ran}</script>\n[^__proto__]: x\n[^constructor]: y`,
  "a table": `| <script>${ran}</script> | "><img src=x onerror=${ran}> |\n|:--|--:|\n| \`<script>\` | a\\|<svg onload=${ran}> |`,
  "fenced code": "```\"><script>" + ran + "</script>\n</code></pre><script>" + ran + "</script>\n```",
  "fenced code with a class": "~~~ x\" onclick=\"" + ran + "\" class=\"y\n{{ 7*7 }}\n~~~",
  "indented and inline code": `    </pre><script>${ran}</script>\n\n\`</code><script>${ran}</script>\``,
  "a definition list": `<script>${ran}</script>\n: "><img src=x onerror=${ran}>`,
  "an alert": `> [!NOTE]\n> <script>${ran}</script>\n\n> [!"><script>${ran}</script>]\n> a`,
  "a list of tasks": `- [x] <input onfocus=${ran} autofocus>\n- [ ] "><svg onload=${ran}>`,
  "entities": `&lt;script&gt;${ran}&lt;/script&gt; &#60;img src=x onerror=${ran}&#62; &NotEqualTilde;`,
  "templates": '{{ 7*7 }} {% include "x" %} {# x',
  "what breaks lines": `a\u2028<script>${ran}</script>\u2029b`,
};

/** Addresses that run something, fetch something or lie about where they lead, as Markdown spells them. */
const addresses = [
  `javascript:${ran}`,
  "javascript:alert",
  `JaVaScRiPt:${ran}`,
  `java&#10;script:${ran}`,
  `java&Tab;script:${ran}`,
  `&#106;avascript:${ran}`,
  `&#x01;javascript:${ran}`,
  `javascript&colon;${ran}`,
  `javascript://example.org/%0a${ran}`,
  `data:text/html,<script>${ran}</script>`,
  "data:text/html;base64,PHNjcmlwdD4=",
  "data:image/svg+xml,x",
  `vbscript:${ran}`,
  "file:///etc/passwd",
  "blob:https://example.org/a",
  "view-source:https://example.org/",
  "filesystem:https://example.org/a",
  "ws://evil.example/",
  "//evil.example/",
  "///evil.example/",
  "/\\\\evil.example/",
  "\\\\\\\\evil.example/",
  "/%2F/../../evil",
];

/** What Markdown makes of an address. */
const constructs = {
  link: (address) => `[a](<${address.replaceAll(/[<>]/g, "\\$&")}>)`,
  "link by reference": (address) => `[a][r]\n\n[r]: <${address.replaceAll(/[<>]/g, "\\$&")}> "b"`,
  picture: (address) => `![a](<${address.replaceAll(/[<>]/g, "\\$&")}>)`,
  "picture by reference": (address) => `![a][r]\n\n[r]: <${address.replaceAll(/[<>]/g, "\\$&")}>`,
  "picture in a link": (address) => `[![a](/media/picture.svg)](<${address.replaceAll(/[<>]/g, "\\$&")}>)`,
};

/** Autolinks know neither entities nor escapes. */
const autolinks = [`javascript:${ran}`, `JaVaScRiPt:${ran}`, "data:text/html,a", `vbscript:${ran}`, "file:///etc/passwd", "ws://evil.example/"];

/** A picture may not even come from a host that a link may lead to. */
const pictures = ["https://evil.example/a.png", "http://evil.example/a.png", "HTTPS://evil.example/a.png", "https:evil.example/a.png", "mailto:a@example.org"];

/** What fields for an address on the web refuse. */
const webAddresses = [
  `javascript:${ran}`, `JaVaScRiPt:${ran}`, `java\nscript:${ran}`, ` javascript:${ran}`, "data:text/html,<script>", `vbscript:${ran}`,
  "file:///etc/passwd", "//evil.example/", "https:evil.example", "https:///evil.example", "https://a\"onclick=b", "https://a/<script>", "https://a/\u2028b",
];

/** The fields for an address on the web: the file, and the lines that put an address there. */
const webFields = {
  website: ["cities/a.toml", (url) => `website = ${url}`],
  "links.url": ["cities/a.toml", (url) => `links = [{ url = ${url}, title = "a" }]`],
  "links, alone": ["cities/a.toml", (url) => `links = [${url}]`],
  "documents.url": ["cities/a.toml", (url) => `documents = [{ title = "a", url = ${url} }]`],
  "sources.url": ["cities/a.toml", (url) => `sources = [{ title = "a", url = ${url} }]`],
  "contact.website": ["cities/a.toml", (url) => `contact.website = ${url}`],
  "image.source": ["cities/a.toml", (url) => `image = { file = "/media/picture.svg", alt = "a", source = ${url} }`],
  "publisher.website": ["site.toml", (url) => `publisher = { name = "a", website = ${url} }`],
  "menus.main.to": ["site.toml", (url) => `menus.main = [{ to = ${url}, title = "a" }]`],
  "menus.footer.to": ["site.toml", (url) => `menus.footer = [{ to = ${url}, title = "a" }]`],
};

/** Other values that end up in addresses, style sheets and files for hosts: the file, a line, the code. */
const refusedValues = [
  ["cities/a.toml", `contact.email = "a@example.org?bcc=b@evil.example"`, "TW0213"],
  ["cities/a.toml", `contact.email = "\\"><script>@example.org"`, "TW0213"],
  ["cities/a.toml", `slug.pl = "\\"><script>"`, "TW0212"],
  ["cities/a.toml", `slug = "../../up"`, "TW0212"],
  ["cities/a.toml", `former_urls = ["/a 200\\n/* https://evil.example/ 302"]`, "TW0402"],
  ["cities/a.toml", `former_urls = ["//evil.example/"]`, "TW0402"],
  ["cities/a.toml", `former_urls = ["https://evil.example/"]`, "TW0402"],
  ["cities/a.toml", `former_urls = ["/../../up/"]`, "TW0402"],
  ["cities/a.toml", `codes.wikidata = "Q1\\"><script>"`, "TW0216"],
  ["cities/a.toml", `codes.osm = "1/../../x"`, "TW0216"],
  ["cities/a.toml", `contact.data_box = "<script>"`, "TW0216"],
  ["cities/a.toml", `image = { file = "/media/../../../etc/passwd", alt = "a" }`, "TW0406"],
  ["cities/a.toml", `image = { file = "https://evil.example/a.png", alt = "a" }`, "TW0406"],
  ["cities/a.toml", `documents = [{ title = "a", file = "/media/page.html" }]`, "TW0409"],
  ["cities/a.toml", `documents = [{ title = "a", file = "/media/code.js" }]`, "TW0409"],
  ["site.toml", `theme.accent = "red;} body { background: url(//evil.example/)"`, "TW0204"],
  ["site.toml", `theme.name = "../../content"`, "TW0502"],
];

/** What an SVG may not hold: it runs, or it asks another host, when somebody opens it by itself. */
const hostileDrawings = {
  "a script": `<script>${ran}</script>`,
  "a script of another prefix": `<x:script xmlns:x="http://www.w3.org/2000/svg">${ran}</x:script>`,
  "a script of XHTML": `<x:script xmlns:x="http://www.w3.org/1999/xhtml">${ran}</x:script>`,
  "a handler": `<rect onclick="${ran}" width="9" height="9"/>`,
  "a handler by animation": `<animate onbegin="${ran}" attributeName="x" dur="1s"/>`,
  "a link that runs": `<a href="javascript:${ran}"><rect width="9" height="9"/></a>`,
  "a link that runs, in disguise": `<a xlink:href=" java&#10;script:${ran}"><rect width="9" height="9"/></a>`,
  "a link that animation makes run": `<a><set attributeName="href" to="javascript:${ran}"/><rect width="9" height="9"/></a>`,
  "HTML inside": `<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><b>a</b></body></foreignObject>`,
  "a frame of XHTML": `<x:iframe xmlns:x="http://www.w3.org/1999/xhtml" src="about:blank"/>`,
  "a picture of another host": `<image href="https://evil.example/a.png" width="9" height="9"/>`,
  "a style sheet of another host": `<style>@import url(https://evil.example/a.css);</style>`,
  "a fill of another host": `<rect style="fill:url(//evil.example/a#b)" width="9" height="9"/>`,
  // Each of these has been seen to ask evil.example in Chromium 156.
  "a style sheet after a comment": `<style><!-- a -->@import url(https://evil.example/a.css);</style>`,
  "a style sheet with CSS escapes": `<style>@\\69mport "https://evil.example/a.css";</style>`,
  "a style sheet with an image-set": `<style>svg { background: image-set("https://evil.example/a.png" 1x) }</style>`,
  "a style with CSS escapes": `<rect style="mask-image:u\\72l(https://evil.example/a.png)" width="9" height="9"/>`,
  "a picture with backslashes": `<image href="\\\\evil.example/a.png" width="9" height="9"/>`,
  "a picture that animation fetches": `<image href="#a" width="9" height="9"><set attributeName="href" to="https://evil.example/a.png"/></image>`,
  "a picture of XHTML": `<x:img xmlns:x="http://www.w3.org/1999/xhtml" src="https://evil.example/a.png"/>`,
  "a refresh of XHTML": `<x:meta xmlns:x="http://www.w3.org/1999/xhtml" http-equiv="refresh" content="0;url=https://evil.example/"/>`,
};

/** The same, where the whole file matters. */
const hostileFiles = {
  "a handler of the root": `<svg xmlns="http://www.w3.org/2000/svg" onload="${ran}"/>`,
  "a style sheet by instruction": `<?xml-stylesheet href="https://evil.example/a.css"?><svg xmlns="http://www.w3.org/2000/svg"/>`,
  "an entity": `<!DOCTYPE svg [<!ENTITY a "<script>${ran}</script>">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>`,
  "HTML under another name": `<!DOCTYPE html><html><script>${ran}</script></html>`,
  "UTF-16": Buffer.from(`\ufeff<svg xmlns="http://www.w3.org/2000/svg" onload="${ran}"/>`, "utf16le"),
  // Browsers take attributes from the document type; Chromium 156 has been seen to run this one.
  "a handler by document type": `<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "a" [<!ATTLIST svg onload CDATA "${ran}">]><svg xmlns="http://www.w3.org/2000/svg"/>`,
};

const drawing = (inside) => `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">${inside}</svg>`;

/** SVGs as drawing programs write them. */
const plainDrawings = {
  shapes: drawing(`<title>a</title><defs><linearGradient id="a"><stop offset="0"/></linearGradient></defs><path d="M0 0h9v9z" fill="url(#a)"/><use xlink:href="#a"/>`),
  "a style sheet": drawing(`<style>.a { fill: #fff }</style><rect class="a" style="fill:url(#b)" width="9" height="9"/>`),
  "a link": drawing(`<a href="https://example.org/"><text>a</text></a>`),
  "a document type": `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n${drawing("<path d='M0 0'/>")}`,
};

// ---- sites made of it ----

/** A value that TOML writes without quotes. */
class Bare {
  constructor(text) {
    this.text = text;
  }
}

function toml(value) {
  if (value instanceof Bare) return value.text;
  if (Array.isArray(value)) return `[${value.map(toml).join(", ")}]`;
  if (typeof value === "object") return `{ ${Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)} = ${toml(inner)}`).join(", ")} }`;
  return JSON.stringify(value);
}

const tomlFile = (table) => Object.entries(table).map(([key, value]) => `${JSON.stringify(key)} = ${toml(value)}\n`).join("");

/** Every kind and table of docs/fields.md: its fields, each with the form of its value. */
async function fieldsOfKinds() {
  const kinds = {};
  let kind;
  for (const line of (await readFile(join(repository, "docs/fields.md"), "utf8")).split("\n")) {
    const heading = /^##+ (\S+)/.exec(line);
    const row = /^\| `(\w+)`\??\s*\| (.*?) \| /.exec(line);
    // `news` is a kind first, and a table of site.toml without texts after that.
    if (heading) kind = heading[1] in kinds ? {} : (kinds[heading[1]] = {});
    if (row) kind[row[1]] = row[2];
  }
  return kinds;
}

const sameTable = { image: "coat_of_arms", gallery: "coat_of_arms", source: "sources", footer: "main" };
const records = { cities: "city", regions: "region", institutions: "institution", organisations: "organisation", partnerships: "partnership",
  seekers: "seeker", news: "news", events: "event", projects: "project", pages: "page" };
const recordsOfAKind = 2;
const date = new Bare("2014-06-30");

/** Values that the form does not tell, for record number `n`; `undefined` leaves the field out. */
const given = (n) => ({
  "cities.part_of": `region-${n}`, "regions.part_of": undefined, "regions.kind": "region", "pages.parent": undefined,
  "seekers.until": new Bare("2027-01-01"), "news.date": new Bare(`2026-0${n}-01`), "events.start": new Bare("2027-01-01"), "events.end": new Bare("2027-01-02"),
  "partnerships.parties": [`city-${n}`, `region-${n}`], "step.type": "signing", "step.document": "paper", "documents.id": "paper",
  "documents.file": "/media/paper.txt", "documents.files": undefined, "documents.kind": "agreement", "stage.value": "suspended", "confirmed.date": new Bare("2026-10-01"),
  "coat_of_arms.file": n === 1 ? `/media/"><img src=x onerror=${ran}>.svg` : "/media/picture.svg", "coat_of_arms.decorative": undefined,
  "contact.data_box": "48ia97h", "contact.e_delivery": "AE:PL-12345-67890-ABCDE-12", "location.lat": 50.5, "location.lon": 19.5,
  "site.toml.languages": ["pl", "en"], "site.toml.default_language": "pl", "site.toml.base_url": "https://example.org/", "site.toml.fallback": undefined, "site.toml.news": undefined,
  "site.toml.focus": undefined, "site.toml.publish": undefined, "site.toml.strict": undefined, "site.toml.checks": undefined,
  "theme.name": "default", "theme.accent": "#005ea5", "theme.logo": "/media/picture.svg", "main.to": "page:page-1", "codes": undefined,
});

/** A record, a table or `site.toml` with every field it can have, made of `text()`. */
function filled(kinds, kind, n, text) {
  const table = {};
  for (const [name, form] of Object.entries(kinds[kind])) {
    const known = given(n);
    const value = [`${kind}.${name}`, name].find((path) => path in known);
    const made = value ? known[value] : fieldValue(kinds, kind, name, form, n, text);
    if (made !== undefined) table[name] = made;
  }
  return table;
}

function fieldValue(kinds, kind, name, form, n, text) {
  const all = () => ({ pl: text(), en: text() });
  const forms = () => ({ nom: text(), gen: text(), loc: text(), adj: text() });
  if (name === "slug" || name === "draft") return undefined;
  if (name === "former_urls") return n === 1 ? [`/pl/old-${kind}/`] : undefined;
  const makers = [
    [/^list of: text, or by language$/, () => ({ pl: [text(), text()], en: [text()] })],
    [/^list of: (.*)$/, ([, of]) => [fieldValue(kinds, kind, name, of, n, text)].filter((value) => value !== undefined)],
    [/\btable$/, () => (form === "free table" ? freeTable(text) : filled(kinds, sameTable[name] ?? name, n, text))],
    [/^\*text\*$|text by language$/, all],
    [/^text$/, text],
    [/^name, or/, () => ({ pl: forms(), en: forms() })],
    [/^id of: (\w+)/, ([, of]) => ({ area: "culture", topic: "topic" })[of] ?? `${of}-${n}`],
    [/^day, month/, () => date],
    [/^time zone/, () => "Europe/Warsaw"],
    [/^`pl:/, () => undefined],
    [/^country code/, () => "PL"],
    [/^language code/, () => "pl"],
    [/^web address/, () => "https://example.org/?a=1&amp;lt;b=2&quot;"],
    [/^e-mail address/, () => "a@example.org"],
    [/^`true` or `false`/, () => true],
    [/^(whole )?number/, () => 7],
    [/^`([a-z]+)`(, `|$)/, ([, first]) => first],
  ];
  for (const [pattern, make] of makers) {
    const match = pattern.exec(form);
    if (match) return make(match);
  }
  throw new Error(`${kind}.${name}: nothing is known of the form ${form}`);
}

/** `extra` keeps what others trim, and its keys are free too. */
function freeTable(text) {
  const loose = Object.fromEntries(["\t=1+1", "\r=1+1", "\n=1+1", "=1+1", "+1", "-1+1", "@a"].map((formula, n) => [`formula-${n}`, formula]));
  return { [text()]: text(), "=1+1": text(), ...loose, lists: ["=1+1", "=1+2"], tables: [{ "=a": "=1" }], number: -7 };
}

/** The files of a site with records of every kind. */
function siteFiles(kinds, text, body, more = {}) {
  const term = () => filled(kinds, "areas.toml", 1, text);
  const files = {
    "site.toml": tomlFile({ ...filled(kinds, "site.toml", 1, text), ...more }),
    "areas.toml": tomlFile({ culture: term(), other: term() }),
    "topics.toml": tomlFile({ topic: term() }),
    "media/picture.svg": plainDrawings.shapes,
    [`media/"><img src=x onerror=${ran}>.svg`]: plainDrawings["a link"],
    "media/paper.txt": payloads.join("\n"),
  };
  for (const [folder, kind] of Object.entries(records)) {
    for (let n = 1; n <= recordsOfAKind; n += 1) {
      files[`${folder}/${kind}-${n}.toml`] = tomlFile(filled(kinds, folder, n, text));
      // The first has both texts, the second one that stands in for the other.
      files[`${folder}/${kind}-${n}.pl.md`] = body;
      if (n === 1) files[`${folder}/${kind}-${n}.en.md`] = body;
    }
  }
  return files;
}

const smallSite = {
  "site.toml": 'title = "A"\nlanguages = ["pl"]\ndefault_language = "pl"\nbase_url = "https://example.org/"\n',
  "cities/a.toml": 'name = "A"\ncountry = "PL"\n',
  "media/picture.svg": plainDrawings.shapes,
};

let folder, sites = 0;

/** Writes the files of `content/` into a new folder. */
async function write(files) {
  const root = join(folder, `site-${sites++}`);
  for (const [path, text] of Object.entries(files)) {
    const file = join(root, "content", path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  return root;
}

/** Runs the program; gives its status and what it wrote. */
function run(...words) {
  return new Promise((done) => {
    const all = [...words, "--as-of", day, "--lang", "en"];
    execFile(program(), all, { maxBuffer: 1 << 28 }, (error, stdout, stderr) => done({ status: error ? error.code : 0, stdout, stderr }));
  });
}

const problemsOf = (json) => json.split("\n").filter(Boolean).map((line) => JSON.parse(line));

async function check(files) {
  const root = await write(files);
  const { status, stdout } = await run("check", "--root", root, "--format", "json");
  return { status, problems: problemsOf(stdout) };
}

/** Why a site was not refused because of `file`, with one of `codes`; `undefined` if it was. */
async function accepted(name, files, file, codes) {
  const { status, problems } = await check(files);
  const errors = problems.filter(({ severity }) => severity === "error");
  const found = errors.filter((problem) => problem.file === `content/${file}` && codes.includes(problem.code));
  if (status === 1 && found.length > 0) return undefined;
  return `${name}: status ${status}, ${problems.map((problem) => `${problem.code} in ${problem.file}`).join(", ") || "no problems"}`;
}

/** Runs a task on each item, a few at a time; gives the results. */
async function each(items, task, workers = 4) {
  const results = [];
  const queue = items.entries();
  const worker = async (number) => {
    for (const [index, item] of queue) results[index] = await task(item, number);
  };
  await Promise.all(Array.from({ length: workers }, (_, number) => worker(number)));
  return results;
}

async function build(files, url, out) {
  const root = await write(files);
  const { status, stdout } = await run("build", "--root", root, "--out", out, "--base-url", url, "--format", "json");
  const errors = problemsOf(stdout).filter(({ severity }) => severity === "error");
  assert.equal(status, 0, errors.map(({ file, line, code, message }) => `${file}:${line} ${code} ${message}`).slice(0, 20).join("\n"));
}

const filesOf = async (out) => (await readdir(out, { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(out.length + 1))
  .sort();

// ---- in the browser ----

/** Notes what runs; `note` is a function outside the page. */
function watch() {
  const note = (text) => window.note(`${location.href}: ${text}`);
  for (const name of ["alert", "prompt", "confirm", "print", "open"]) window[name] = () => note(`${name}()`);
  Object.defineProperty(window, "__ran", { get: () => note("__ran was read"), set: () => note("__ran was set") });
  document.addEventListener("securitypolicyviolation", (event) => note(`the policy stopped ${event.violatedDirective} ${event.blockedURI}`));
}

/** What is wrong with the document of a page as it stands. */
function flaws() {
  const found = [];
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      if (/^on/i.test(name)) found.push(`<${element.localName} ${name}>`);
      // Chromium itself shows plain text in a styled <pre>.
      const styled = name === "style" && document.contentType === "text/html";
      if (styled || name === "srcdoc" || name === "formaction") found.push(`<${element.localName} ${name}="${value}">`);
    }
  }
  for (const link of document.querySelectorAll("[href], [src], [action]")) {
    const { protocol } = new URL(link.href?.baseVal ?? link.href ?? link.src ?? link.action, document.baseURI);
    const allowed = link.localName === "a" ? ["http:", "https:", "mailto:", "tel:"] : ["http:", "https:"];
    if (!allowed.includes(protocol)) found.push(`<${link.localName}> leads to ${protocol}`);
  }
  for (const script of document.scripts) {
    if (script.type === "application/ld+json") JSON.parse(script.text);
    else if (!/\/assets\/(application|display|filters|gateway|languages|map|search|search-index)\.\w+\.js$/.test(script.src) || script.text) found.push(`<script> ${script.src} ${script.text.slice(0, 80)}`);
  }
  if (document.querySelector("parsererror")) found.push("not XML");
  return found;
}

/** A browser window that notes what runs, and which hosts are asked. */
async function watched(browser, notes) {
  const page = await openPage(browser, { locale: "ja-JP" });
  const context = page.context();
  await context.exposeFunction("note", (text) => notes.push(text));
  await context.addInitScript(watch);
  // A browser would put these into a file; as text they can be looked at, by whoever sniffs types.
  await context.route(/\.(csv|ics|geojson)$|\/[._]\w+$/, async (route) => route.fulfill({ response: await route.fetch(), contentType: "text/plain" }));
  context.on("page", (popup) => notes.push(`a window opened: ${popup.url()}`));
  page.on("dialog", (dialog) => {
    notes.push(`a dialog opened: ${dialog.message()}`);
    return dialog.dismiss();
  });
  return page;
}

/** Opens every file of a site in a browser; gives what went wrong. */
async function visitAll(out) {
  output = out;
  const notes = [];
  const pages = await Promise.all([1, 2, 3].map(() => watched(browser, notes)));
  const visit = async (path, tab) => {
    const page = pages[tab];
    const url = server.url + path.replace(/(^|\/)index\.html$/, "$1").split("/").map(encodeURIComponent).join("/");
    const note = (text) => notes.push(`${path}: ${text}`);
    if ((await readFile(join(out, path), "utf8")).includes('http-equiv="refresh"')) {
      // What leads on is gone before it can be looked at; where it leads is looked at for itself.
      await page.goto(url, { waitUntil: "commit" });
      await page.waitForURL((now) => now.href !== url);
    } else {
      await page.goto(url);
      (await page.evaluate(flaws)).forEach(note);
    }
    for (const asked of page.asked.splice(0)) {
      if (!asked.startsWith(server.url) && !/^(about:|data:image\/)/.test(asked)) note(`asked ${asked}`);
    }
    page.troubles.splice(0).forEach(note);
  };
  await each(await filesOf(out), visit, pages.length);
  await Promise.all(pages.map((page) => page.context().close()));
  return notes;
}

/** The elements and attributes of HTML pages: `a href`, `span lang`. */
async function shapes(pages) {
  const page = await browser.newPage();
  const found = await page.evaluate((texts) => {
    const found = {};
    for (const [path, text] of texts) {
      for (const element of new DOMParser().parseFromString(text, "text/html").querySelectorAll("*")) {
        found[element.localName] ??= path;
        for (const { name } of element.attributes) found[`${element.localName} ${name}`] ??= path;
      }
    }
    return found;
  }, pages);
  await page.close();
  return found;
}

const htmlOf = async (out) => Promise.all((await filesOf(out))
  .filter((path) => path.endsWith(".html"))
  .map(async (path) => [path, await readFile(join(out, path), "utf8")]));

/** CSV (RFC 4180) as rows of cells. */
function csv(text) {
  const rows = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1).push(quoted?.replaceAll('""', '"') ?? plain);
    if (end.endsWith("\n")) rows.push([]);
    if (end === "") break;
  }
  return rows;
}

let kinds, browser, server, output;
const body = Object.values(markdown).join("\n\n");

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "twintown-hostile-"));
  kinds = await fieldsOfKinds();
  server = await host("/p/", () => output);
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await server?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

// ---- what has to be true ----

test("addresses that run, fetch or lie are refused in Markdown", async () => {
  const cases = [
    ...addresses.flatMap((address) => Object.entries(constructs).map(([name, write]) => [`${name} to ${address}`, write(address)])),
    ...autolinks.map((address) => [`autolink ${address}`, `<${address}>`]),
    ...pictures.map((address) => [`picture from ${address}`, `![a](${address})`]),
  ];
  // An address that names no record is a broken link, one that names no file a missing file.
  const codes = ["TW0210", "TW0403", "TW0405", "TW0406"];
  nothing((await each(cases, ([name, text]) => accepted(name, { ...smallSite, "cities/a.pl.md": text }, "cities/a.pl.md", codes))).filter(Boolean), "accepted");
});

test("addresses that run, fetch or lie are refused in fields", async () => {
  const cases = Object.entries(webFields).flatMap(([field, [file, line]]) => webAddresses
    // A menu may lead to mail and to whatever begins with a scheme of the web, as links in Markdown do.
    .filter((url) => !field.startsWith("menus") || !/^https:/.test(url))
    .map((url) => [`${field} = ${url}`, file, `${line(JSON.stringify(url))}\n`, [field.startsWith("menus") ? "TW0403" : "TW0210"]]));
  cases.push(...refusedValues.map(([file, line, code]) => [line, file, `${line}\n`, [code]]));
  const media = { "media/page.html": `<script>${ran}</script>`, "media/code.js": ran };
  nothing((await each(cases, ([name, file, line, codes]) =>
    accepted(name, { ...smallSite, ...media, [file]: smallSite[file] + line }, file, codes))).filter(Boolean), "accepted");
});

test("an SVG that is more than a drawing is refused", async (t) => {
  const image = `image = { file = "/media/picture.svg", alt = "a" }\n`;
  const withPicture = (svg) => ({ ...smallSite, "media/picture.svg": svg, "cities/a.toml": smallSite["cities/a.toml"] + image });
  for (const [name, svg] of [...Object.entries(hostileDrawings).map(([name, inside]) => [name, drawing(inside)]), ...Object.entries(hostileFiles)]) {
    await t.test(name, async () => nothing([await accepted(name, withPicture(svg), "cities/a.toml", ["TW0417"])].filter(Boolean), "accepted"));
  }
  for (const [name, svg] of Object.entries(plainDrawings)) {
    await t.test(`accepted: ${name}`, async () => {
      const { problems } = await check(withPicture(svg));
      nothing(problems.map(({ code, message }) => `${code} ${message}`));
    });
  }
});

/** A copy of a site whose pages have no policy. */
async function withoutPolicy(out) {
  const copy = `${out}, open`;
  await cp(out, copy, { recursive: true });
  for (const [path, html] of await htmlOf(copy)) {
    const without = html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, "");
    assert.notEqual(without, html, `${path} has no policy`);
    await writeFile(join(copy, path), without);
  }
  return copy;
}

test("whoever watches the pages sees what runs", async () => {
  const out = join(folder, "control");
  const guilty = {
    "script.html": [`<script>${ran}</script>`, /__ran was set/],
    "read.html": ["<script>window.__ran</script>", /__ran was read/],
    "handler.html": [`<img src=x onerror=${ran}>`, /__ran was set/],
    "attribute.html": [`<p onclick=${ran}>`, /<p onclick>/],
    "style.html": [`<p style=color:red>`, /<p style/],
    "link.html": [`<a href=javascript:${ran}>a</a>`, /leads to javascript:/],
    "host.html": ["<img src=http://evil.example/a.png>", /asked http:\/\/evil/],
    "dialog.html": ["<script>alert(1)</script>", /alert\(\)/],
    "policy.html": [`<meta http-equiv=Content-Security-Policy content="default-src 'none'"><script>${ran}</script>`, /the policy stopped/],
    "feed.xml": ["<feed><title></feed>", /not XML/],
    "data.json": ["{}", null],
  };
  await mkdir(out);
  for (const [path, [text]] of Object.entries(guilty)) await writeFile(join(out, path), text);
  const notes = await visitAll(out);
  for (const [path, [, seen]] of Object.entries(guilty)) {
    const own = notes.filter((note) => note.includes(path));
    assert.ok(seen ? own.some((note) => seen.test(note)) : own.length === 0, `${path}: ${own.join(", ")}`);
  }
});

// A directory, and one town's own site: their home pages differ. The policy is the second
// line of defence: the first has to hold without it.
for (const [kind, { more, shown }] of Object.entries({
  "a directory, as it is": { more: {}, shown: (out) => out },
  "a town's own site, without the policy": { more: { focus: "city-1" }, shown: withoutPolicy },
})) {
  test(`hostile texts do nothing: ${kind}`, async (t) => {
    const [out, tame] = ["hostile", "tame"].map((name) => join(folder, `${kind} ${name}`));
    await build(siteFiles(kinds, hostileTexts(), body, more), server.url, out);
    await build(siteFiles(kinds, harmlessTexts(), body.replaceAll("<", ""), more), server.url, tame);
    const files = await filesOf(out);
    assert.ok(files.filter((path) => path.endsWith(".html")).length > 60, "the site has lost pages");

    await t.test("nothing runs, asks elsewhere or opens", async () => nothing(await visitAll(await shown(out))));

    await t.test("no text makes an element or an attribute", async () => {
      const [hostile, harmless] = [await shapes(await htmlOf(out)), await shapes(await htmlOf(tame))];
      nothing(Object.entries(hostile).filter(([shape]) => !(shape in harmless)).map(([shape, path]) => `${path}: <${shape}>`));
    });

    await t.test("names and titles are shown as they were typed", async () => {
      output = out;
      const page = await browser.newPage();
      const found = [];
      for (const folder of Object.keys(records).filter((folder) => folder !== "pages")) {
        for (const { id, urls, name, title } of JSON.parse(await readFile(join(out, "data", `${folder}.json`), "utf8"))) {
          const typed = (name ?? title)?.pl?.nom ?? (name ?? title)?.pl;
          const shown = await page.request.get(urls.pl).then((answer) => answer.text())
            .then((html) => page.evaluate((html) => new DOMParser().parseFromString(html, "text/html").querySelector("h1").textContent, html));
          const plain = (text) => text.replaceAll(/\s+/g, " ").trim();
          if (typed && !plain(shown).includes(plain(typed))) found.push(`${folder} ${id}: ${typed} is shown as ${shown}`);
        }
      }
      await page.close();
      nothing(found);
    });

    await t.test("templates stay texts", async () => {
      const found = [];
      for (const [path, html] of await htmlOf(out)) {
        if (/(?<![\d.,])49(?![\d.,])/.test(html.replaceAll(/<[^>]*>/g, ""))) found.push(`${path}: 49`);
      }
      const city = await readFile(join(out, "pl", "index.html"), "utf8");
      assert.ok(city.includes("{{ 7*7 }}") && city.includes("{% include"), "the texts are not shown");
      nothing(found);
    });

    await t.test("no cell of the data is a formula, and all data can be read", async () => {
      const found = [];
      let cells = 0;
      for (const path of files.filter((path) => /^data\//.test(path))) {
        const text = await readFile(join(out, path), "utf8");
        if (!path.endsWith(".csv")) {
          JSON.parse(text);
          continue;
        }
        const rows = csv(text).filter((row) => row.length > 1);
        for (const row of rows) {
          if (row.length !== rows[0].length) found.push(`${path}: ${row.length} cells under ${rows[0].length} headings`);
          cells += row.length;
          found.push(...row.filter((cell) => /^[=+\-@\t\r\n]/.test(cell) && !/^-?\d+(\.\d+)?$/.test(cell)).map((cell) => `${path}: ${JSON.stringify(cell.slice(0, 40))}`));
        }
      }
      assert.ok(cells > 500, `only ${cells} cells`);
      nothing(found);
    });

    await t.test("no text makes a line of a calendar", async () => {
      const found = [];
      for (const path of files.filter((path) => path.endsWith(".ics"))) {
        const lines = (await readFile(join(out, path), "utf8")).replaceAll("\r\n ", "").split("\r\n").slice(0, -1);
        found.push(...lines.filter((line) => !/^(BEGIN|END|VERSION|PRODID|X-WR-CALNAME|UID|DTSTAMP|DTSTART|DTEND|SUMMARY|LOCATION|DESCRIPTION|URL|STATUS)[;:]/.test(line)
          || /[\r\n]/.test(line) || /^(BEGIN|END):(?!VCALENDAR$|VEVENT$)/.test(line)).map((line) => `${path}: ${line.slice(0, 80)}`));
      }
      nothing(found);
    });

    await t.test("the HTML in feeds is harmless too", async () => {
      const page = await browser.newPage();
      const feeds = await Promise.all(files.filter((path) => path.endsWith("feed.xml")).map(async (path) => [path, await readFile(join(out, path), "utf8")]));
      const contents = await page.evaluate((feeds) => feeds.flatMap(([path, xml]) =>
        [...new DOMParser().parseFromString(xml, "application/xml").querySelectorAll("content[type=html]")].map((content) => [path, content.textContent])), feeds);
      assert.ok(feeds.length > 2 && contents.length >= feeds.length, "feeds without contents");
      const inPages = await shapes(await htmlOf(tame));
      const found = Object.entries(await shapes(contents)).filter(([shape]) => !(shape in inPages)).map(([shape, path]) => `${path}: <${shape}>`);
      await page.close();
      nothing(found);
    });

    await t.test("files for hosts and robots are the same whatever is typed", async () => {
      for (const path of ["_headers", "_redirects", "robots.txt", ...files.filter((path) => /sitemap.*\.xml$/.test(path))]) {
        assert.equal(await readFile(join(out, path), "utf8"), await readFile(join(tame, path), "utf8"), path);
      }
    });
  });
}

test("what XML cannot hold does not break a feed", async () => {
  const out = join(folder, "xml");
  const news = 'title = "A\ufffeB\uffffC"\ndate = 2026-01-01\nsummary = "\\uFFFE"\n';
  const root = await write({ ...smallSite, "news/a.toml": news, "news/a.pl.md": "A\uffff &#xFFFE; &#x1F;" });
  const { status } = await run("build", "--root", root, "--out", out, "--base-url", server.url);
  if (status !== 0) return assert.equal(status, 1); // Refused is fine too.
  output = out;
  const page = await openPage(browser);
  await page.goto(`${server.url}pl/feed.xml`);
  assert.equal(await page.locator("parsererror").count(), 0, "the feed is not XML");
  await page.context().close();
});

// Comments are notes among editors: each with what else of it has to be shown, or reported.
const comments = {
  "on a line": ["<!-- secret -->\n\nb", "b"],
  "on several lines": ["<!--\nsecret\n-->\n\nb", "b"],
  "on several lines, with HTML": ["<!-- x\n<b>secret</b>\n\nsecret\n-->\n\nb", "b"],
  "within a line": ["a <!-- secret --> b", "b"],
  "within two lines": ["a <!-- secret\nsecret --> b", "b"],
  "before a text": ["<!-- secret --> b", "b"],
  "before a text, on several lines": ["<!-- secret\nsecret --> b", "b"],
  "never closed": ["<!-- secret", ""],
};

test("comments are not shown, and nothing else is lost", async (t) => {
  for (const [name, [text, rest]] of Object.entries(comments)) {
    await t.test(name, async () => {
      const out = join(folder, `comment ${name}`);
      const root = await write({ ...smallSite, "pages/a.toml": 'title = "A"\n', "pages/a.pl.md": text });
      const { status, stdout } = await run("build", "--root", root, "--out", out, "--format", "json");
      assert.equal(status, 0);
      const shown = (await htmlOf(out)).find(([path]) => path === join("pl", "a", "index.html"))[1];
      const body = shown.slice(shown.indexOf("<h1>"), shown.indexOf("</main>"));
      assert.doesNotMatch(body, /secret/);
      const reported = problemsOf(stdout).some(({ file }) => file === "content/pages/a.pl.md");
      assert.ok(body.includes(rest) && (!rest || /\bb\b/.test(body.replaceAll(/<[^>]*>/g, ""))) || reported, `lost without a word: ${body}`);
    });
  }
});
