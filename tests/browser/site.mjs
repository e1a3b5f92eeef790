// The sample site, built into a folder that is thrown away and served below a path, as on a real host.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, readdir, rm, stat } from "node:fs/promises";
import { existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export const repository = fileURLToPath(new URL("../../", import.meta.url));
export const day = "2026-11-20";

/** Fails with a list of what was found, unless it is empty. */
export function nothing(found, what = "found") {
  const different = [...new Set(found)];
  const shown = different.slice(0, 30).map((line) => `  ${line}`);
  if (different.length > shown.length) shown.push(`  … and ${different.length - shown.length} more`);
  if (different.length > 0) assert.fail(`${what}:\n${shown.join("\n")}\n`);
}

/** The program under test: the one named by TWINTOWN, else the newest one built here. */
export function program() {
  if (process.env.TWINTOWN) return resolve(process.env.TWINTOWN);
  const built = ["release", "debug"]
    .map((profile) => join(repository, "target", profile, "twintown"))
    .filter(existsSync)
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  if (built.length === 0) throw new Error("no twintown: run `cargo build --release` or set TWINTOWN");
  return built[0];
}

/** A free port of this computer. */
export async function freePort() {
  const server = createServer();
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

/** Builds the site in `root`, the sample's by default, for `url` into a new folder. */
export async function build(url, root = repository) {
  const folder = await mkdtemp(join(tmpdir(), "twintown-site-"));
  const out = join(folder, "out");
  const words = ["build", "--root", root, "--out", out, "--base-url", url, "--as-of", day, "--lang", "en"];
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    await promisify(execFile)(program(), words, { maxBuffer: 1 << 26 });
  } catch (error) {
    await remove();
    throw new Error(`${program()} ${words.join(" ")}\n${(error.stderr ?? error.message).slice(0, 4000)}`);
  }
  return { out, remove };
}

const types = {
  ".css": "text/css; charset=utf-8", ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8",
  ".json": "application/json", ".svg": "image/svg+xml", ".txt": "text/plain; charset=utf-8", ".xml": "application/xml",
  ".png": "image/png", ".jpg": "image/jpeg", ".webp": "image/webp", ".pdf": "application/pdf", ".ics": "text/calendar",
};

/** Serves what `root()` names below `prefix`, as a plain static host does, and notes every request. */
export async function host(prefix, root) {
  const requests = [];
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://127.0.0.1").pathname);
    const answer = (status, headers, body) => {
      requests.push({ method: request.method, path, status });
      response.writeHead(status, headers).end(body);
    };
    if (path.startsWith(prefix)) {
      const file = join(root(), path.slice(prefix.length));
      const found = await stat(file).catch(() => null);
      if (found?.isDirectory() && !path.endsWith("/")) return answer(301, { location: path + "/" });
      const page = found?.isDirectory() ? join(file, "index.html") : file;
      const bytes = await readFile(page).catch(() => null);
      if (bytes) return answer(200, { "content-type": types[extname(page)] ?? "application/octet-stream" }, bytes);
    }
    answer(404, { "content-type": types[".html"] }, await readFile(join(root(), "404.html")).catch(() => "not found"));
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const close = async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  };
  return { origin: `http://127.0.0.1:${server.address().port}`, url: `http://127.0.0.1:${server.address().port}${prefix}`, requests, close };
}

/** Builds the sample site and serves it below /partners/. */
export async function openSite() {
  let out;
  const server = await host("/partners/", () => site.out);
  const site = {
    ...server,
    /** The records of a kind, as the open data have them. */
    data: async (kind) => JSON.parse(await readFile(join(site.out, "data", `${kind}.json`), "utf8")),
    close: async () => {
      await server.close();
      await site.remove?.();
    },
  };
  try {
    Object.assign(site, await build(server.url));
    const gateway = await readFile(join(site.out, "index.html"), "utf8");
    site.languages = languageLinks(gateway).map((link) => link.lang);
    site.kinds = await pageKinds(site);
    return site;
  } catch (error) {
    await site.close();
    throw error;
  }
}

function languageLinks(html) {
  return [...html.matchAll(/<a\b[^>]*>/g)].flatMap(([tag]) => {
    const href = /\bhref="([^"]*)"/.exec(tag)?.[1];
    const lang = /\bhreflang="([^"]*)"/.exec(tag)?.[1];
    return href && lang ? [{ href, lang }] : [];
  });
}

/** The address of a page in each language: its first navigation that names them all. */
function languageSwitch(html, own, languages) {
  for (const [, inside] of html.matchAll(/<nav\b[^>]*>(.*?)<\/nav>/gs)) {
    const urls = Object.fromEntries(languageLinks(inside).map(({ href, lang }) => [lang, new URL(href, own).href]));
    if (languages.every((lang) => urls[lang])) return urls;
  }
  throw new Error(`${own}: no navigation names all of ${languages.join(", ")}`);
}

/** One page of each kind, the fullest one, with its address in each language. */
async function pageKinds(site) {
  const model = site.languages.includes("en") ? "en" : site.languages[0];
  const fullest = new Map();
  for (const path of await readdir(join(site.out, model), { recursive: true })) {
    if (!path.endsWith("index.html")) continue;
    const folder = path.slice(0, -"index.html".length);
    const html = await readFile(join(site.out, model, path), "utf8");
    const kind = kindOf(folder, html);
    const best = fullest.get(kind);
    if (!best || html.length > best.html.length || (html.length === best.html.length && folder < best.folder)) {
      fullest.set(kind, { folder, html });
    }
  }
  const kinds = [...fullest].sort(([a], [b]) => (a < b ? -1 : 1)).map(([kind, { folder, html }]) => {
    const own = new URL(`${model}/${folder}`, site.url);
    return { kind, urls: languageSwitch(html, own, site.languages) };
  });
  kinds.push({ kind: "404", urls: Object.fromEntries(site.languages.map((lang) => [lang, `${site.url}${lang}/404.html`])) });
  return kinds;
}

/** `home`, `cities`, `cities/*` for a record, `cities/list` for some of them, `news/year`; free pages are all of one kind. */
function kindOf(folder, html) {
  const [section, last] = folder.split("/").filter(Boolean);
  if (!section) return "home";
  if (last && /^\d{4}$/.test(last)) return `${section}/year`;
  if (last && html.includes('class="groups"')) return `${section}/list`;
  if (last && html.includes('class="application"')) return `${section}/form`;
  if (last) return `${section}/*`;
  const free = /<body class="page-(pages|statement)"/.exec(html);
  // Each statement has a form of its own: contact, accessibility, privacy.
  return free?.[1] === "pages" ? "pages" : section;
}
