// Writes the projects of the other generators: node export.mjs OUTPUT CONTENT FOLDER
//
// OUTPUT is what was built of CONTENT. Each generator gets the same pages and a template that writes the same HTML.

import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { read } from "./directory.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const [output, content, folder] = process.argv.slice(2);
const { pages, common, root } = read(output, content);

const put = (path, text) => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
};

/** A value as TOML, which takes strings and numbers as JSON writes them and tables in one line. */
const toml = (value) =>
  Array.isArray(value) ? `[${value.map(toml).join(", ")}]`
  : typeof value === "object" ? `{ ${Object.entries(value).map(([key, value]) => `${key} = ${toml(value)}`).join(", ")} }`
  : JSON.stringify(value);

/** Where Zola and Hugo look for the text of a page: languages and sections are folders. */
const source = ({ path }) => (path.split("/").length < 4 ? `${path}_index.md` : path.replace(/\/$/, ".md"));

const writers = {
  zola(to) {
    const front = ({ path, title, body, ...extra }) =>
      `+++\ntitle = ${toml(title)}\n\n[extra]\n${Object.entries({ ...extra, path: `/${path}` }).map(([key, value]) => `${key} = ${toml(value)}\n`).join("")}+++\n${body}`;
    for (const page of pages) {
      put(join(to, "content", source(page)), front(page));
    }
    put(join(to, "content/_index.md"), "+++\ntemplate = \"gateway.html\"\n+++\n");
    put(join(to, "config.toml"), `base_url = "${root}"\ngenerate_feeds = false\ngenerate_robots_txt = false\nbuild_search_index = false\ncompile_sass = false\n\n[extra]\ncommon = ${toml(common)}\n`);
  },
  hugo(to) {
    for (const page of pages) {
      const { title, body, ...params } = page;
      put(join(to, "content", source(page)), `${JSON.stringify({ title, params })}\n\n${body}`);
    }
    put(join(to, "data/common.json"), JSON.stringify(common));
    put(join(to, "hugo.toml"), `baseURL = "${root}/"\ndisableKinds = ["taxonomy", "term", "rss", "404", "robotsTXT"]\ndisableHugoGeneratorInject = true\n`);
  },
  eleventy(to) {
    put(join(to, "content/_data/pages.json"), JSON.stringify(pages));
    put(join(to, "content/_data/common.json"), JSON.stringify(common));
    put(join(to, "content/_data/root.json"), JSON.stringify(root));
  },
};

for (const [name, write] of Object.entries(writers)) {
  const to = join(folder, name);
  cpSync(join(here, name), to, { recursive: true });
  write(to);
}
console.log(pages.length);
