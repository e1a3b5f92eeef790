// Writes src/check/country_boxes.tsv: the boxes that hold the land of each
// country, one row a box: code, south, west, north, east, in degrees.
//
//   npm install world-atlas@2.0.2 topojson-client@3 cldr-core@48.2.0
//   node scripts/country-boxes.mjs      (run where node_modules is, or set NODE_MODULES)
//
// Shapes: Natural Earth 4.1, 1:50m (public domain), as packed by world-atlas.
// Codes: CLDR. Crimea is Ukraine (UN General Assembly resolution 68/262), and
// northern Cyprus is Cyprus; Natural Earth draws who holds the land.
import { createRequire } from "node:module";
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";

const require = createRequire(resolve(process.env.NODE_MODULES || ".", "x.js"));
const { feature } = require("topojson-client");
const topology = require("world-atlas/countries-50m.json");
const mappings = require("cldr-core/supplemental/codeMappings.json").supplemental.codeMappings;

const byNumber = new Map();
for (const [code, mapping] of Object.entries(mappings)) {
  if (/^[A-Z]{2}$/.test(code) && mapping._numeric) byNumber.set(mapping._numeric, code);
}
const byName = { Kosovo: "XK", "N. Cyprus": "CY", Somaliland: "SO" };
// Parts of a country with a code of their own count as the country too: people write either.
const within = { AX: "FI", GF: "FR", GP: "FR", MQ: "FR", RE: "FR", YT: "FR", SJ: "NO", GL: "DK", FO: "DK", PR: "US", HK: "CN", MO: "CN" };
// Nearer boxes than this, in degrees, are one.
const NEAR = 1.5;
// Small islands that the map leaves out, and towns on the shore.
const MARGIN = 0.3;

const boxes = new Map();
function add(code, box) {
  if (!boxes.has(code)) boxes.set(code, []);
  boxes.get(code).push(box);
}
for (const shape of feature(topology, topology.objects.countries).features) {
  const code = byName[shape.properties.name] ?? byNumber.get(shape.id);
  if (!code) continue;
  const polygons = shape.geometry.type === "Polygon" ? [shape.geometry.coordinates] : shape.geometry.coordinates;
  for (const [ring] of polygons) {
    const longitudes = ring.map((point) => point[0]);
    const latitudes = ring.map((point) => point[1]);
    const box = [Math.min(...latitudes), Math.min(...longitudes), Math.max(...latitudes), Math.max(...longitudes)];
    const isCrimea = code === "RU" && box[1] > 32 && box[3] < 37 && box[0] > 44 && box[2] < 46.5;
    add(isCrimea ? "UA" : code, box);
    if (within[code]) add(within[code], box);
  }
}

function joined(list) {
  const out = list.map((box) => [...box]);
  for (let again = true; again; ) {
    again = false;
    for (let i = 0; i < out.length && !again; i++) {
      for (let j = i + 1; j < out.length && !again; j++) {
        const [a, b] = [out[i], out[j]];
        const near = a[0] - NEAR <= b[2] && b[0] - NEAR <= a[2] && a[1] - NEAR <= b[3] && b[1] - NEAR <= a[3];
        if (near) {
          out[i] = [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
          out.splice(j, 1);
          again = true;
        }
      }
    }
  }
  return out;
}

const down = (number) => (Math.floor((number - MARGIN) * 10) / 10).toFixed(1);
const up = (number) => (Math.ceil((number + MARGIN) * 10) / 10).toFixed(1);
const rows = [];
for (const code of [...boxes.keys()].sort()) {
  for (const [south, west, north, east] of joined(boxes.get(code)).sort((a, b) => a[1] - b[1])) {
    rows.push([code, down(south), down(west), up(north), up(east)].join("\t"));
  }
}
writeFileSync(new URL("../src/check/country_boxes.tsv", import.meta.url), `${rows.join("\n")}\n`);
console.log(boxes.size, "countries,", rows.length, "boxes");
