// Writes src/lang/zone/countries.tsv: the time zone of each country that has
// one, as code and name.
//
//   node scripts/country-zones.mjs [zone.tab]
//
// Source: zone.tab of the IANA time zone database (2025b; public domain),
// https://www.iana.org/time-zones; most Unix systems have it in
// /usr/share/zoneinfo. Rules: those that Node.js carries.
//
// A country with several zones is in the list only where their clocks have
// agreed at every hour since 2000: Germany is, as Büsingen differs from Berlin
// before that only; Spain, with the Canaries, is not.
import { readFileSync, writeFileSync } from "node:fs";

const source = process.argv[2] ?? "/usr/share/zoneinfo/zone.tab";

// The legal time of a country whose table has more than that, or nothing.
const legal = {
  // Simferopol keeps the time of those who occupy it.
  UA: "Europe/Kyiv",
  // Famagusta differed in one winter, 2016 to 2017.
  CY: "Asia/Nicosia",
  // Has no code in ISO 3166 yet, and so no row.
  XK: "Europe/Belgrade",
};

const HOUR = 3_600_000;
const FROM = Date.UTC(2000, 0, 1);
const TO = Date.UTC(2038, 0, 1);

function clock(zone) {
  const format = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset", year: "numeric" });
  return (moment) => format.format(moment);
}

function agree(zones) {
  const clocks = zones.map(clock);
  // Most zones that differ do so today, or did in some month: that is soon seen.
  for (const step of [30 * 24 * HOUR, HOUR]) {
    for (let moment = FROM; moment < TO; moment += step) {
      const shown = clocks[0](moment);
      if (clocks.some((other) => other(moment) !== shown)) return false;
    }
  }
  return true;
}

const zones = new Map();
for (const line of readFileSync(source, "utf8").split("\n")) {
  if (line.startsWith("#") || !line.trim()) continue;
  const [code, , zone] = line.split("\t");
  zones.set(code, [...(zones.get(code) ?? []), zone]);
}
const rows = new Map(Object.entries(legal));
for (const [code, all] of zones) {
  // The table puts the zone of most people first.
  if (!rows.has(code) && (all.length === 1 || agree(all))) {
    rows.set(code, all[0]);
    if (all.length > 1) console.log(code, "counts as one zone:", all.join(", "));
  }
}
const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
writeFileSync(
  new URL("../src/lang/zone/countries.tsv", import.meta.url),
  `${sorted.map((row) => row.join("\t")).join("\n")}\n`,
);
console.log(sorted.length, "countries");
const left = [...zones.keys()].filter((code) => !rows.has(code));
console.log("without:", left.join(" "));
