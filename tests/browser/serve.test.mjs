// `twintown serve`: the preview shows the page that `build` writes, and to nobody else.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { request } from "node:http";
import { connect } from "node:net";
import { join, sep } from "node:path";
import { after, before, test } from "node:test";
import { serve, snippet } from "./preview.mjs";
import { build, freePort, nothing, program, repository } from "./site.mjs";

/** A request with nothing added: any method, any Host, the path as it stands. */
function ask(url, { path = new URL(url).pathname, method = "GET", headers = {} } = {}) {
  return new Promise((answered, failed) => {
    const { hostname, port } = new URL(url);
    const sent = request({ hostname, port, path, method, headers, agent: false }, (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk)).on("error", failed);
      response.on("end", () => answered({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }));
    });
    sent.on("error", failed).end();
  });
}

/** What `build` writes: the preview's own snippet stands after the end of a page, and nowhere else. */
function withoutSnippet(body, file) {
  const at = body.indexOf(snippet);
  if (!file.endsWith(".html")) assert.equal(at, -1, file);
  return at < 0 ? body : body.subarray(0, at);
}

let preview, built;
before(async () => {
  preview = await serve(await freePort());
  built = await build(preview.url);
});
after(async () => {
  preview?.child.kill("SIGKILL");
  await built?.remove();
});

test("every page and file of the preview is the built one, byte for byte", async () => {
  const files = (await readdir(built.out, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(built.out.length + 1).replaceAll(sep, "/"));
  // The host's own files and the list of what was written are no part of the site.
  const pages = files.filter((file) => !file.split("/").at(-1).startsWith(".") && !file.startsWith("_"));
  assert.ok(pages.length > 100);
  const different = [];
  for (const file of pages) {
    const answer = await ask(preview.url + file.replace(/(^|\/)index\.html$/, "$1"));
    if (answer.status !== 200) different.push(`${file}: ${answer.status}`);
    else if (!withoutSnippet(answer.body, file).equals(await readFile(join(built.out, file)))) different.push(`${file}: other bytes`);
  }
  nothing(different);
});

test("types are right and nothing is kept", async () => {
  const types = { "pl/": "text/html; charset=utf-8", "sitemap.xml": "application/xml", "data/cities.json": "application/json", "pl/feed.xml": "application/atom+xml" };
  for (const [path, type] of Object.entries(types)) {
    const { headers } = await ask(preview.url + path);
    assert.ok(headers["content-type"].startsWith(type), `${path}: ${headers["content-type"]}`);
    assert.equal(headers["cache-control"], "no-store");
    assert.equal(headers["x-content-type-options"], "nosniff");
  }
});

test("an unknown address is a 404 with the page that says so", async () => {
  const answer = await ask(`${preview.url}pl/nie-ma/`);
  assert.equal(answer.status, 404);
  assert.deepEqual(withoutSnippet(answer.body, "404.html"), await readFile(join(built.out, "404.html")));
});

test("a folder without its slash redirects to itself with it", async () => {
  const answer = await ask(`${preview.url}pl`);
  assert.ok([301, 302, 307, 308].includes(answer.status), String(answer.status));
  assert.equal(new URL(answer.headers.location, preview.url).href, `${preview.url}pl/`);
  const elsewhere = await ask(preview.url, { path: "//evil.example/pl" });
  assert.ok(!elsewhere.headers.location || new URL(elsewhere.headers.location, preview.url).origin === new URL(preview.url).origin);
});

test("HEAD is answered without a body; other methods are refused", async () => {
  const head = await ask(`${preview.url}pl/`, { method: "HEAD" });
  assert.equal(head.status, 200);
  assert.equal(head.body.length, 0);
  for (const method of ["POST", "PUT", "DELETE"]) {
    assert.equal((await ask(`${preview.url}pl/`, { method })).status, 405, method);
  }
});

test("a foreign Host is refused, so that no other site can read the preview", async () => {
  const { port } = new URL(preview.url);
  for (const host of ["evil.example", `evil.example:${port}`, "127.0.0.1.evil.example", "localhost.evil.example:80"]) {
    assert.equal((await ask(preview.url, { headers: { host } })).status, 403, host);
  }
  for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`]) {
    assert.equal((await ask(preview.url, { headers: { host } })).status, 200, host);
  }
});

test("no path leads out of the site", async () => {
  for (const path of ["/../Cargo.toml", "/%2e%2e/Cargo.toml", "/pl/../../Cargo.toml", "/..%2fCargo.toml", "/content/site.toml", "/%00", "/%ff", "/assets/..\\..\\Cargo.toml"]) {
    const { status } = await ask(preview.url, { path });
    assert.ok(status === 404 || status === 400, `${path}: ${status}`);
  }
});

test("a port of the system's choice is the one the pages name", async (t) => {
  const other = await serve(0);
  t.after(() => other.child.kill("SIGKILL"));
  const { body } = await ask(`${other.url}pl/`);
  assert.equal(/<link rel="canonical" href="([^"]*)"/.exec(body)?.[1], `${other.url}pl/`);
});

test("a port already taken is a failure of the system, not a crash", async () => {
  const { port } = new URL(preview.url);
  const second = spawn(program(), ["serve", "--root", repository, "--port", port, "--lang", "en"], { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  second.stderr.setEncoding("utf8").on("data", (text) => { said += text; });
  const [status] = await once(second, "close");
  assert.equal(status, 3);
  // One that is free is offered.
  const free = Number(/--port (\d+)/.exec(said)?.[1]);
  assert.ok(free > Number(port), said);
});

test("an interrupt ends the preview, even with a browser still connected", async (t) => {
  const { port, hostname } = new URL(preview.url);
  const idle = connect(Number(port), hostname);
  t.after(() => idle.destroy());
  idle.on("error", () => {});
  await once(idle, "connect");
  idle.write(`GET /pl/ HTTP/1.1\r\nHost: ${hostname}:${port}\r\n\r\n`);
  await once(idle, "data");
  preview.child.kill("SIGINT");
  const slow = new Promise((late) => setTimeout(late, 5000, "still running after 5 s").unref());
  const ended = await Promise.race([preview.exit.then(([status]) => status), slow]);
  assert.equal(ended, 0);
});
