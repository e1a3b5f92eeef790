// What code hosts and editors make of problems: SARIF 2.1.0 by its official schema, GitHub's workflow commands.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import { day, nothing, program, repository } from "./site.mjs";

// ---- a site with many kinds of problems, in a sub-folder of a repository ----

const below = "strony/naše 100% město/";

const files = {
  "content/site.toml": 'title = "T"\nlanguages = ["pl", "en"]\ndefault_language = "pl"\nbase_url = "https://example.org/"\ntheme = "own"\n',
  "content/cities/a.toml": 'name = "A"\ncountry = "PL"\n# Ża\nwebsite = "www.example.org"\nkind = "miasto"\nlocation = { lat = 20.2384, lon = 52.2294 }\n',
  "content/cities/a.pl.md": "## A\n\n#### B\n\n<div>\n\n[tu](city:nie-ma) [](https://example.org/) ![](/media/rynek%20noc%C4%85.jpg)\n\n[c](#nigdzie)\n",
  "content/cities/b.toml": 'name = "B"\ncountry = "PL"\ncontact = { office = "🏙🏙 Żółw", phoen = "1" }\n',
  "content/cities/b.en.md": '+++\r\ncuontry = "PL"\r\nkind = "town"\r\n+++\r\n\r\n🏙 A\u200bb \u202ec.\r\n',
  "content/cities/c.toml": 'name = "C"\ncountry = Polska\npopulatoin = { count = "38 000" }\nsummary = """\nTODO\nmore\n"""\n',
  "content/cities/d.toml": '\ufeffnmae = "D"\ncountry = "Polska"\n',
  "content/cities/e.toml": 'name = "E\ncountry = "PL"\n',
  "content/cities/f.toml": 'name = "F"\ncountry = "PL"\nslug = "Ża: 100%, \\r\\n::error file=x::y"\nkind = "a\\n::error::b"\n',
  "content/cities/Ż nowe, 50%.toml": 'name = "Ż"\ncountry = "PL"\n',
  "content/regions/a.toml": 'name = "A"\ncountry = "PL"\npart_of = "a"\n',
  "content/partnerships/a-b.toml": 'parties = ["a", "b"]\nareas = "shools"\nconfirmed = { date = 2019-05-06 }\n[[step]]\ntype = "signng"\ndate = 19.12.2025\n[[step]]\ntype = "visit"\nby = "c"\n',
  "content/partnerships/b-a.toml": 'parties = ["b", "a"]\n',
  "content/partnerships/b-c.toml": 'parties = ["b", "c"]\nconfirmed = { date = 2019-05-06 }\n[[step]]\ntype = "signing"\ndate = 2005\n[[step]]\ntype = "renewal"\ndate = 2002\n',
  "content/towns/x.toml": 'name = "X"\n',
  "themes/own/templates/home.html": '{% extends "base.html" %}\n{% block main %}\n<h1>{{ site.title }</h1>\n{% endblock %}\n',
};

/** Some problems, and the very text each of them is about. */
const places = [
  ["content/cities/a.toml", "TW0204", '"miasto"'],
  ["content/cities/a.toml", "TW0210", '"www.example.org"'],
  ["content/cities/b.toml", "TW0201", "phoen"],
  ["content/cities/b.en.md", "TW0201", "cuontry"],
  ["content/cities/b.en.md", "TW0114", "\u200b"],
  ["content/cities/b.en.md", "TW0113", "\u202e"],
  ["content/cities/d.toml", "TW0201", "nmae"],
];

let folder, root;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "twintown-sarif-"));
  await mkdir(join(folder, ".git"));
  root = join(folder, below);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
});
after(() => folder && rm(folder, { recursive: true, force: true }));

/** Runs `check`; gives what it writes to standard output. */
function check(site, ...words) {
  return new Promise((done) => {
    execFile(program(), ["check", "--root", site, "--as-of", day, ...words], { maxBuffer: 1 << 28 }, (_, stdout) => done(stdout));
  });
}

const sarif = async (site, lang = "en") => JSON.parse(await check(site, "--format", "sarif", "--lang", lang));
const json = async (site) => (await check(site, "--format", "json", "--lang", "en")).split("\n").filter(Boolean).map((line) => JSON.parse(line));

// ---- the schema ----

/** The schema of OASIS, as the crate `serde-sarif` brings it along. */
async function validator() {
  const words = ["metadata", "--format-version", "1", "--locked"];
  const { stdout } = await promisify(execFile)(process.env.CARGO ?? "cargo", words, { cwd: repository, maxBuffer: 1 << 28 });
  const crate = JSON.parse(stdout).packages.find(({ name }) => name === "serde-sarif");
  const schema = JSON.parse(await readFile(join(dirname(crate.manifest_path), "src/schema.json"), "utf8"));
  // A known mistake of the schema: `]?` without its `[`, which is no regular expression with the flag `u`.
  // What is meant: a language, and perhaps a country.
  for (const holder of ["run", "toolComponent"]) {
    const { language } = schema.definitions[holder].properties;
    assert.equal(language.pattern, "^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$", "the schema has been mended: use it as it is");
    language.pattern = "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$";
  }
  const ajv = new Ajv({ allErrors: true, strictTypes: false });
  addFormats(ajv);
  return ajv.compile(schema);
}

test("SARIF is valid by the schema of OASIS", async (t) => {
  const validate = await validator();
  const sound = (log) => {
    validate(log);
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
  const log = await sarif(root);
  assert.notDeepEqual(sound({ ...log, version: "2.0.0" }), [], "the validator overlooks mistakes");
  for (const lang of ["en", "pl", "cs", "uk"]) nothing(sound(await sarif(root, lang)), lang);

  await t.test("without a single problem", async () => {
    const site = join(folder, "sound");
    await mkdir(join(site, "content/cities"), { recursive: true });
    await writeFile(join(site, "content/site.toml"), files["content/site.toml"].replace(/theme.*\n/, ""));
    const log = await sarif(site);
    nothing(sound(log));
    assert.deepEqual(log.runs[0].results, []);
  });

  await t.test("without a site", async () => {
    const site = join(folder, "empty");
    await mkdir(site);
    const log = await sarif(site);
    nothing(sound(log));
    assert.deepEqual(log.runs[0].results.map(({ ruleId }) => ruleId), ["TW0501"]);
  });
});

// ---- what the schema does not say ----

/** A file as its places are counted: a byte order mark is no part of the text. */
const read = async (file) => (await readFile(file, "utf8")).replace(/^\ufeff/, "");

const lines = (text) => text.split("\n").map((line) => [...line]);

/** The text of a region, counted in characters; `undefined` if it lies outside. */
function textOf(text, { startLine, startColumn, endLine, endColumn }) {
  const all = lines(text);
  const inside = (line, column) => line >= 1 && line <= all.length && column >= 1 && column <= all[line - 1].length + 1;
  const inOrder = startLine < endLine || (startLine === endLine && startColumn <= endColumn);
  if (!inside(startLine, startColumn) || !inside(endLine, endColumn) || !inOrder) return undefined;
  const part = all.slice(startLine - 1, endLine);
  part[part.length - 1] = part.at(-1).slice(0, endColumn - 1);
  part[0] = part[0].slice(startColumn - 1);
  return part.map((line) => line.join("")).join("\n");
}

const physical = (result) => [...result.locations, ...(result.relatedLocations ?? [])].map((location) => location.physicalLocation);
const fileOf = (location) => join(folder, ...location.artifactLocation.uri.split("/").map(decodeURIComponent));

test("the log says what it should", async () => {
  const { version, runs } = await sarif(root);
  assert.equal(version, "2.1.0");
  assert.equal(runs.length, 1);
  const [{ tool, results, columnKind }] = runs;
  assert.equal(columnKind, "unicodeCodePoints");
  const { rules } = tool.driver;
  assert.equal(new Set(rules.map(({ id }) => id)).size, rules.length);

  const problems = await json(root);
  const brief = (code, level, text) => `${code} ${level} ${text}`;
  assert.deepEqual(
    results.map(({ ruleId, level, message }) => brief(ruleId, level, message.text)),
    problems.map(({ code, severity, message, help }) => brief(code, severity, help ? `${message}\n${help}` : message)),
  );
  for (const { ruleId, ruleIndex } of results) assert.equal(rules[ruleIndex].id, ruleId);

  const kinds = new Set(results.map(({ ruleId }) => ruleId));
  assert.ok(kinds.size >= 25, `only ${kinds.size} kinds of problem`);
  assert.deepEqual(new Set(results.map(({ level }) => level)), new Set(["error", "warning", "note"]));
  assert.ok(results.some(({ relatedLocations }) => relatedLocations), "no related places");
  assert.ok(results.some(({ fixes }) => fixes), "no fixes");
});

test("every place is in a file of the repository", async () => {
  const { runs: [{ results }] } = await sarif(root);
  const found = [];
  const named = new Set();
  for (const result of results) {
    for (const location of physical(result)) {
      const { uri } = location.artifactLocation;
      const file = fileOf(location);
      named.add(file.slice(root.length));
      if (!existsSync(file)) found.push(`${result.ruleId}: ${uri} does not exist`);
      else if (textOf(await read(file), location.region) === undefined) {
        found.push(`${result.ruleId}: ${uri} has no ${JSON.stringify(location.region)}`);
      }
    }
  }
  nothing(found);
  for (const path of ["content/cities/Ż nowe, 50%.toml", "themes/own/templates/home.html"]) {
    assert.ok(named.has(path), `no problem in ${path}`);
  }
});

test("a place is the very text the problem is about", async () => {
  const { runs: [{ results }] } = await sarif(root);
  for (const [path, code, text] of places) {
    const whole = await read(join(root, path));
    const texts = results
      .filter((result) => result.ruleId === code && fileOf(physical(result)[0]) === join(root, path))
      .map((result) => textOf(whole, physical(result)[0].region));
    assert.ok(texts.includes(text), `${code} in ${path} is about ${JSON.stringify(texts)}, not ${JSON.stringify(text)}`);
  }
});

// ---- mends ----

/** Where a region begins and ends in a text, counted in UTF-16. */
function offsets(text, { startLine, startColumn, endLine, endColumn }) {
  const all = text.split("\n");
  const offset = (line, column) => all.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0) + [...all[line - 1]].slice(0, column - 1).join("").length;
  return [offset(startLine, startColumn), offset(endLine, endColumn)];
}

/** Applies the first fix of each result as an editor would: one that meets another waits. Gives how many it applied. */
async function applyFixes(results) {
  const edits = new Map();
  let count = 0;
  for (const { fixes: [{ artifactChanges }] } of results.filter(({ fixes }) => fixes)) {
    const wanted = [];
    for (const change of artifactChanges) {
      const file = fileOf(change);
      const text = await read(file);
      for (const { deletedRegion, insertedContent } of change.replacements) wanted.push([file, ...offsets(text, deletedRegion), insertedContent.text]);
    }
    const free = ([file, start, end]) => !(edits.get(file) ?? []).some(([from, to]) => start <= to && from <= end);
    if (!wanted.every(free)) continue;
    for (const [file, ...edit] of wanted) edits.set(file, [...(edits.get(file) ?? []), edit]);
    count += 1;
  }
  for (const [file, own] of edits) {
    let text = await read(file);
    for (const [start, end, inserted] of own.sort((a, b) => b[0] - a[0])) text = text.slice(0, start) + inserted + text.slice(end);
    await writeFile(file, text);
  }
  return count;
}

async function textsBelow(site) {
  const entries = await readdir(site, { recursive: true, withFileTypes: true });
  const texts = entries.filter((entry) => entry.isFile()).map(async (entry) => {
    const file = join(entry.parentPath, entry.name);
    return [file.slice(site.length), await read(file)];
  });
  return Object.fromEntries(await Promise.all(texts));
}

test("the fixes in the log are the mends of check --fix", async () => {
  const [byHand, byProgram] = ["by hand", "by program"].map((name) => join(folder, name));
  await cp(root, byHand, { recursive: true });
  await cp(root, byProgram, { recursive: true });
  let applied = 0;
  for (let round = 0; round < 8; round += 1) {
    const count = await applyFixes((await sarif(byHand)).runs[0].results);
    applied += count;
    if (count === 0) break;
  }
  assert.ok(applied > 8, `only ${applied} fixes`);
  await check(byProgram, "--fix");
  assert.deepEqual(await textsBelow(byHand), await textsBelow(byProgram));
  assert.notDeepEqual(await textsBelow(byHand), await textsBelow(root));
});

// ---- GitHub ----

// ::command name=value,name=value::message, as the runner reads it: one line, with these escapes only.
const command = /^::(error|warning|notice) ([^:]*)::(.*)$/;
const properties = /^file=(?<file>[^,:]+),line=(?<line>\d+),endLine=(?<endLine>\d+)(,col=(?<col>\d+),endColumn=(?<endColumn>\d+))?,title=(?<title>[^,:]+)$/;
const unescape = (text) => text.replaceAll(/%(25|0D|0A|3A|2C)/g, (_, code) => String.fromCharCode(parseInt(code, 16)));

test("GitHub gets one workflow command for each problem", async () => {
  const output = await check(root, "--format", "github", "--lang", "en");
  const problems = await json(root);
  const written = output.split("\n").slice(0, -1);
  assert.equal(written.length, problems.length);
  assert.ok(!output.includes("\r"));
  for (const [index, line] of written.entries()) {
    const problem = problems[index];
    const [, name, words, message] = command.exec(line) ?? assert.fail(line);
    const named = properties.exec(words)?.groups ?? assert.fail(words);
    assert.doesNotMatch(line, /%(?!25|0D|0A|3A|2C)/, "a percent sign that is not escaped");
    assert.equal(name, { error: "error", warning: "warning", note: "notice" }[problem.severity]);
    assert.equal(unescape(named.file), below + problem.file);
    assert.deepEqual([Number(named.line), Number(named.endLine)], [problem.line, problem.end_line]);
    if (problem.line === problem.end_line) assert.deepEqual([Number(named.col), Number(named.endColumn)], [problem.column, problem.end_column]);
    else assert.equal(named.col, undefined);
    assert.ok(unescape(named.title).startsWith(`${problem.code} `), named.title);
    assert.ok(unescape(message).startsWith(problem.message), message);
  }
  assert.ok(written.some((line) => line.includes("%0A")) && written.some((line) => line.includes("%25")), "nothing to escape");
});

// ---- languages ----

test("the same problems are told in four languages", async () => {
  const languages = ["en", "pl", "cs", "uk"];
  const logs = await Promise.all(languages.map((lang) => sarif(root, lang)));
  const results = logs.map(({ runs }) => runs[0].results);
  const rules = logs.map(({ runs }) => runs[0].tool.driver.rules);
  assert.deepEqual(logs.map(({ runs }) => runs[0].language), languages);
  for (const other of results) {
    const facts = ({ ruleId, level, locations, fixes }) => ({ ruleId, level, locations, fixes });
    assert.deepEqual(other.map(facts), results[0].map(facts));
  }
  const same = [];
  const compare = (what, texts) => {
    const alike = languages.filter((_, index) => texts.indexOf(texts[index]) !== index);
    if (alike.length > 0) same.push(`${what}: ${alike.join(", ")} as in another language: ${texts[0]}`);
  };
  results[0].forEach(({ ruleId }, index) => compare(ruleId, results.map((all) => all[index].message.text)));
  rules[0].forEach(({ id }, index) => compare(`rule ${id}`, rules.map((all) => all[index].fullDescription.text)));
  nothing(same);
});
