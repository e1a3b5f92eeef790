// Writes src/lang/cldr/{territories,languages}.tsv: the CLDR display names of
// countries and languages, one row a code, one column a language.
//
//   node scripts/cldr-names.mjs      (any Node.js with full ICU, which is the default)
//
// The names are CLDR data under the Unicode License v3 (see LICENSE-UNICODE).
// They are checked in because ICU4X has no stable interface for display names.
import { writeFileSync } from "node:fs";

const columns = "be bg cs da de el en-GB es et fi fr ga hr hu it ka lt lv mt nb nl pl pt-PT ro sk sl sr sv tr uk ar he".split(" ");
// In CLDR but not assigned in ISO 3166-1: withdrawn, reserved, groupings and test codes.
const unassigned = new Set("AC AN BU CP CQ CS DD DG DY EA EU EZ FX HV IC NH NT QO RH SU TA TP UK UN VD XA XB YD YU ZR ZZ YE_ ".trim().split(/\s+/));
const codes = [];
const english = new Intl.DisplayNames(["en"], { type: "region", fallback: "none" });
for (let a = 65; a <= 90; a++) for (let b = 65; b <= 90; b++) {
  const code = String.fromCharCode(a, b);
  if (!unassigned.has(code) && english.of(code)) codes.push(code);
}
const languages = "ar be bg ca cs cy da de el en es et eu fi fr ga gl he hr hu hy is it ja ka ko lb lt lv mk mt nb nl no pl pt ro ru sk sl sq sr sv szl tr uk zh".split(" ");

function table(type, keys) {
  const names = columns.map((tag) => new Intl.DisplayNames([tag], { type, fallback: "code" }));
  const head = ["code", ...columns.map((tag) => tag.split("-")[0])].join("\t");
  return [head, ...keys.map((key) => [key, ...names.map((n) => n.of(key))].join("\t"))].join("\n") + "\n";
}

writeFileSync(new URL("../src/lang/cldr/territories.tsv", import.meta.url), table("region", codes));
writeFileSync(new URL("../src/lang/cldr/languages.tsv", import.meta.url), table("language", languages));
