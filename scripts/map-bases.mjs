// Writes the base maps of the default theme, themes/default/assets/map-*.svg:
// land and borders of Europe, and the land of the world.
//
//   npm install world-atlas@2.0.2 topojson-client@3 topojson-simplify@3
//   node scripts/map-bases.mjs      (run where node_modules is, or set NODE_MODULES)
//
// Shapes: Natural Earth 4.1, 1:50m and 1:110m (public domain), as packed by
// world-atlas (ISC). The projections are those of src/map/projection.rs; a test
// there finds towns on the right side of the borders drawn here.
//
// Natural Earth draws who holds the land; these are the borders that the United
// Nations recognise. Crimea is Ukraine (UN General Assembly resolution 68/262),
// northern Cyprus is Cyprus. Kosovo is drawn apart, as in the source and in CLDR.
// Borders between two countries outside Europe are not drawn.
import { createRequire } from "node:module";
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";

const require = createRequire(resolve(process.env.NODE_MODULES || ".", "x.js"));
const { feature, merge, mesh } = require("topojson-client");
const { presimplify, simplify, sphericalTriangleArea } = require("topojson-simplify");
const radians = Math.PI / 180;
const RADIUS = 6371;

// ---- the projections, in kilometres; y grows to the south ----

const [SOUTH, NORTH] = [40 * radians, 60 * radians];
const tangent = (lat) => Math.tan(Math.PI / 4 + lat / 2);
const cone = Math.log(Math.cos(SOUTH) / Math.cos(NORTH)) / Math.log(tangent(NORTH) / tangent(SOUTH));
const scale = (Math.cos(SOUTH) * tangent(SOUTH) ** cone) / cone;
const distance = (lat) => RADIUS * scale * tangent(lat * radians) ** -cone;
/** Lambert conformal conic, standard parallels 40° and 60° N, around 52° N 15° E. */
function lambert([lon, lat]) {
  const angle = cone * (lon - 15) * radians;
  return [distance(lat) * Math.sin(angle), distance(lat) * Math.cos(angle) - distance(52)];
}

/** Equal Earth, around 11° E, so that the edge of the map lies in the Bering Strait. */
function equalEarth([lon, lat]) {
  const [a, b, c, d] = [1.340264, -0.081106, 0.000893, 0.003796];
  const t = Math.asin((Math.sqrt(3) / 2) * Math.sin(lat * radians));
  const around = (lon - 11) * radians;
  const slope = 9 * d * t ** 8 + 7 * c * t ** 6 + 3 * b * t ** 2 + a;
  return [
    (RADIUS * 2 * Math.sqrt(3) * around * Math.cos(t)) / (3 * slope),
    -RADIUS * (d * t ** 9 + c * t ** 7 + b * t ** 3 + a * t),
  ];
}

// ---- shapes ----

/** What of a ring lies in a box (Sutherland–Hodgman). */
function clip(ring, [west, south, east, north]) {
  for (const [axis, limit, sign] of [[0, west, 1], [0, east, -1], [1, south, 1], [1, north, -1]]) {
    const inside = (point) => sign * (point[axis] - limit) >= 0;
    ring = ring.flatMap((b, i) => {
      const a = ring.at(i - 1);
      const along = (limit - a[axis]) / (b[axis] - a[axis]);
      const cut = axis ? [a[0] + along * (b[0] - a[0]), limit] : [limit, a[1] + along * (b[1] - a[1])];
      return inside(b) ? (inside(a) ? [b] : [cut, b]) : inside(a) ? [cut] : [];
    });
  }
  return ring;
}

const area = (ring) => Math.abs(ring.reduce((sum, [x, y], i) => sum + ring.at(i - 1)[0] * y - x * ring.at(i - 1)[1], 0) / 2);

/** Whole numbers, each step from the last point; nothing where less than `least` points are left. */
function path(points, least, close) {
  let at = null;
  let text = "";
  let count = 0;
  for (const point of points) {
    const here = point.map(Math.round);
    if (at && here[0] === at[0] && here[1] === at[1]) continue;
    const step = at ? [here[0] - at[0], here[1] - at[1]] : here;
    text += (count === 0 ? "M" : count === 1 ? "l" : step[0] < 0 ? "" : " ") + step[0] + (step[1] < 0 ? "" : " ") + step[1];
    at = here;
    count += 1;
  }
  return count >= least ? text + close : "";
}

function land(topology, objects, { project, box, frame, unit, smallest }) {
  const rings = merge(topology, objects).coordinates.flat().map((ring) => ring.slice(0, -1));
  return rings
    .map((ring) => clip(unroll(ring), box).map(project))
    .map((ring) => (ring.length ? clip(ring, frame) : ring))
    .filter((ring) => ring.length > 2 && area(ring) >= smallest)
    .map((ring) => path(ring.map(([x, y]) => [(x - frame[0]) / unit, (y - frame[1]) / unit]), 3, "z"))
    .join("");
}

/** Rings walk on across 180°, and what lies beyond the Bering Strait is east of Asia. */
function unroll(ring) {
  let turn = 0;
  const walked = ring.map(([lon, lat], i) => {
    const step = i ? lon - ring[i - 1][0] : 0;
    turn -= step > 180 ? 360 : step < -180 ? -360 : 0;
    return [lon + turn, lat];
  });
  const east = walked.every(([lon]) => lon < -168);
  return east ? walked.map(([lon, lat]) => [lon + 360, lat]) : walked;
}

function lines(topology, collection, between, { project, box, frame, unit }) {
  const inside = ([x, y], [west, south, east, north]) => x >= west && x <= east && y >= south && y <= north;
  const runs = [];
  for (const line of mesh(topology, collection, between).coordinates) {
    let run = [];
    for (const point of line) {
      const there = inside(point, box) && project(point);
      if (there && inside(there, frame)) run.push([(there[0] - frame[0]) / unit, (there[1] - frame[1]) / unit]);
      else {
        runs.push(run);
        run = [];
      }
    }
    runs.push(run);
  }
  return runs.map((run) => path(run, 2, "")).join("");
}

// Middle greys that let the page shine through: right on light and on dark paper.
function write(name, frame, unit, shapes) {
  const [width, height] = [frame[2] - frame[0], frame[3] - frame[1]].map((side) => Math.round(side / unit));
  const text = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none"><!-- Made with Natural Earth -->${shapes}</svg>\n`;
  writeFileSync(new URL(`../themes/default/assets/${name}`, import.meta.url), text);
  console.log(name, text.length, "bytes", width, "x", height);
}

// ---- Europe ----

const fifty = require("world-atlas/countries-50m.json");
const EUROPE = new Set(("008 020 040 112 056 070 100 191 196 203 208 233 246 250 276 300 348 352 372 380 428 438 440 442 " +
  "470 498 492 499 528 807 578 616 620 642 643 674 688 703 705 724 752 756 792 804 826 336 248 234 831 832 833 268 051 031").split(" "));
const countries = fifty.objects.countries.geometries;
const named = (name) => countries.find((country) => country.properties.name === name);
const within = ([x, y], ring) => ring.reduce((odd, [bx, by], i) => {
  const [ax, ay] = ring.at(i - 1);
  return (ay > y) !== (by > y) && x < ((ax - bx) * (y - by)) / (ay - by) + bx ? !odd : odd;
}, false);
const russia = named("Russia");
const crimea = russia.arcs.findIndex((arcs) => within([34.1, 45], feature(fifty, { type: "Polygon", arcs }).geometry.coordinates[0]));
if (crimea < 0) throw new Error("no Crimea in Russia");
const [peninsula] = russia.arcs.splice(crimea, 1);
countries.push({ type: "Polygon", arcs: peninsula, id: named("Ukraine").id, properties: {} });
const code = ({ id, properties }) => (properties.name === "N. Cyprus" ? "196" : properties.name === "Kosovo" ? "Kosovo" : id);
const european = (country) => EUROPE.has(code(country)) || code(country) === "Kosovo";

const far = { project: lambert, box: [-60, 15, 100, 84], frame: [-2500, -2350, 3000, 1950], unit: 1, smallest: 120 };
const fine = simplify(presimplify(fifty, sphericalTriangleArea), 1e-6);
write("map-europe.svg", far.frame, far.unit,
  `<style>path{vector-effect:non-scaling-stroke}</style>` +
  `<path fill="#7d8a94" fill-opacity=".3" fill-rule="evenodd" d="${land(fine, fine.objects.countries.geometries, far)}"/>` +
  `<path fill="none" stroke="#6b7781" stroke-opacity=".55" stroke-linejoin="round" d="${
    lines(fine, fine.objects.countries, (a, b) => a !== b && code(a) !== code(b) && (european(a) || european(b)), far)}"/>`);

// ---- the world ----

const hundred = require("world-atlas/land-110m.json");
const coarse = simplify(presimplify(hundred, sphericalTriangleArea), 2e-5);
const whole = { project: equalEarth, box: [-169, -56, 191, 84], frame: [-17300, -7900, 17300, 6700], unit: 20, smallest: 30000 };
write("map-world.svg", whole.frame, whole.unit,
  `<path fill="#7d8a94" fill-opacity=".3" fill-rule="evenodd" d="${land(coarse, coarse.objects.land.geometries, whole)}"/>`);
