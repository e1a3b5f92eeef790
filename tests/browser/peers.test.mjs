// What scripts/bench-peers gives to other generators: the pages that this one makes of the same records.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { read } from "../../benches/peers/directory.mjs";
import { build, nothing, repository } from "./site.mjs";

let site;
let given;
before(async () => {
  site = await build("https://example.org/");
  given = read(site.out, join(repository, "content"));
});
after(() => site?.remove());

test("each page given to other generators is one of ours", () => {
  assert.ok(given.pages.length > 100, `${given.pages.length} pages`);
  nothing(given.pages.map(({ path }) => path).filter((path) => !existsSync(join(site.out, path, "index.html"))), "pages that are not made here");
});

test("each of their links leads to one of their pages or out of the site", () => {
  const paths = new Set(given.pages.map(({ path }) => `/${path}`));
  const links = given.pages.flatMap(({ trail, alternates, facts, groups }) => [...trail, ...alternates, ...facts, ...groups.flatMap(({ entries }) => entries)]);
  nothing(links.map(({ href }) => href).filter((href) => href.startsWith("/") && !paths.has(href)), "links to no page");
});

test("nothing is left for a template to find missing", () => {
  const missing = [];
  for (const page of given.pages) JSON.stringify(page, (key, value) => (value == null && missing.push(`${page.path} ${key}`), value));
  nothing(missing, "values that are missing");
});

test("their pages have the text of the records", () => {
  assert.ok(given.pages.some(({ body }) => body.length > 200), "no page has a text");
});
