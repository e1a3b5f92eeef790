// What the HTML validator of the W3C (Nu) says of every page, style sheet and picture of the output.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { nothing, openSite } from "./site.mjs";

const jar = createRequire(import.meta.url).resolve("vnu-jar/build/dist/vnu.jar");

// The validator reads files, where 'self' means nothing, and takes linked data for script:
// whether the pages keep to their policy is for the browser to say (browser.test.mjs).
// Its CSS checker is older than container queries (CSS Conditional Rules 5).
const ignored = [
  ".*Content Security Policy.*",
  ".*Unrecognized at-rule “@container”.*",
  ".*Property “container-(type|name)” doesn.t exist.*",
].join("|");

// A broken file of each type, so that a validator that looks at nothing cannot pass.
const broken = {
  html: '<!DOCTYPE html><html lang="en"><title>x</title><p id="a"><p id="a">',
  css: "p { colour: red }",
  svg: '<svg xmlns="http://www.w3.org/2000/svg"><rect widht="1"/></svg>',
};

let site, control;
before(async () => {
  site = await openSite();
  control = await mkdtemp(join(tmpdir(), "twintown-broken-"));
  for (const [type, text] of Object.entries(broken)) await writeFile(join(control, `broken.${type}`), text);
});
after(async () => {
  await site?.close();
  if (control) await rm(control, { recursive: true });
});

/** All messages on the files of one type, like ones together. */
async function validate(type) {
  const words = ["-jar", jar, "--format", "json", "--stdout", "--exit-zero-always", "--filterpattern", ignored];
  words.push(`--skip-non-${type}`, site.out, control);
  const { stdout } = await promisify(execFile)("java", words, { maxBuffer: 1 << 28 });
  const kinds = new Map();
  let alive = false;
  for (const { type: weight, message, url, firstLine, lastLine, extract } of JSON.parse(stdout).messages) {
    const file = url ? fileURLToPath(url) : "";
    if (file.startsWith(control)) {
      alive ||= weight === "error";
      continue;
    }
    const key = `${weight} ${message}`;
    const kind = kinds.get(key) ?? { error: weight !== "info", message, count: 0 };
    const where = `${relative(site.out, file)}:${firstLine ?? lastLine}`;
    kind.example ??= `${where}: ${(extract ?? "").replaceAll(/\s+/g, " ").trim()}`;
    kind.count += 1;
    kinds.set(key, kind);
  }
  const lines = (error) => [...kinds.values()]
    .filter((kind) => kind.error === error)
    .sort((a, b) => b.count - a.count)
    .map(({ message, count, example }) => `${count} × ${message}\n    ${example}`);
  return { alive, errors: lines(true), warnings: lines(false) };
}

for (const type of Object.keys(broken)) {
  test(`all ${type.toUpperCase()} is valid`, async (t) => {
    const { alive, errors, warnings } = await validate(type);
    for (const warning of warnings) t.diagnostic(`warning: ${warning}`);
    assert.ok(alive, "the validator overlooked a broken file");
    nothing(errors);
  });
}
