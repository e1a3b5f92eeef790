// What the HTML validator of the W3C (Nu) says of every page and style sheet of the output.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { openSite } from "./site.mjs";

const jar = createRequire(import.meta.url).resolve("vnu-jar/build/dist/vnu.jar");
let site;
before(async () => { site = await openSite(); });
after(() => site?.close());

/** Everything the validator says of the files chosen by `choice`, like messages together. */
async function validate(...choice) {
  const words = ["-jar", jar, "--format", "json", "--stdout", "--exit-zero-always", ...choice, site.out];
  const { stdout } = await promisify(execFile)("java", words, { maxBuffer: 1 << 28 });
  const kinds = new Map();
  for (const { type, subType, message, url, firstLine, lastLine, extract } of JSON.parse(stdout).messages) {
    const key = `${type === "info" ? subType ?? "info" : type}: ${message}`;
    const kind = kinds.get(key) ?? { key, error: type !== "info", count: 0 };
    const file = fileURLToPath(url).slice(site.out.length + 1);
    kind.where ??= `${file}:${firstLine ?? lastLine}: ${(extract ?? "").replaceAll(/\s+/g, " ").trim()}`;
    kind.count += 1;
    kinds.set(key, kind);
  }
  const lines = (error) => [...kinds.values()]
    .filter((kind) => kind.error === error)
    .sort((a, b) => b.count - a.count)
    .map(({ key, count, where }) => `${count} × ${key}\n    ${where}`);
  return { errors: lines(true), others: lines(false) };
}

for (const [what, choice] of [["HTML", "--skip-non-html"], ["CSS", "--skip-non-css"], ["SVG", "--skip-non-svg"]]) {
  test(`all ${what} is valid`, async (t) => {
    const { errors, others } = await validate(choice);
    for (const other of others) t.diagnostic(other);
    assert.equal(errors.length, 0, `\n${errors.join("\n")}\n`);
  });
}
