// Pointing at a place of a map, or at its name in the list beside it, lights up what it is
// joined with. A place that a filter has hidden in the list is hidden on the map too.

for (const figure of document.querySelectorAll(".map")) {
  const list = document.getElementById(figure.querySelector(".map-list")?.hash.slice(1))?.closest("section");
  const sheets = [...figure.querySelectorAll(".sheet")].map(readSheet);

  for (const scope of [figure, list]) {
    for (const [begin, end] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
      scope?.addEventListener(begin, ({ target }) => light(sheets, target.closest("a, .place")));
      scope?.addEventListener(end, () => light(sheets, null));
    }
  }
  if (list) {
    const follow = () => filter(sheets, list);
    new MutationObserver(follow).observe(list, { subtree: true, childList: true, attributes: true, attributeFilter: ["hidden", "class"] });
  }
}

/** The address of an HTML or an SVG link. */
function address(link) {
  const href = link?.getAttribute("href");
  return href ? new URL(href, document.baseURI).href : null;
}

function readSheet(sheet) {
  const places = [...sheet.querySelectorAll(".place")].map((element) => ({ element, url: address(element) }));
  const lines = [...sheet.querySelectorAll("[data-ends]")].map((element) => ({
    element,
    ends: element.dataset.ends.split(" ").map((end) => places[end]),
  }));
  return { sheet, places, lines };
}

function light(sheets, target) {
  for (const { sheet, places, lines } of sheets) {
    const url = address(target);
    const chosen = places.find(({ element, url: own }) => element === target || (url && own === url));
    const joined = lines.filter(({ ends }) => ends.includes(chosen));
    const near = new Set([chosen, ...joined.flatMap(({ ends }) => ends)]);
    sheet.classList.toggle("lit", Boolean(chosen));
    for (const place of places) place.element.classList.toggle("near", near.has(place));
    for (const line of lines) line.element.classList.toggle("near", joined.includes(line));
  }
}

function filter(sheets, list) {
  const shown = new Map();
  for (const link of list.querySelectorAll("a[href]")) {
    const url = address(link);
    shown.set(url, shown.get(url) || link.checkVisibility());
  }
  for (const { places, lines } of sheets) {
    const hide = ({ element }, hidden) => element.toggleAttribute("hidden", hidden);
    for (const place of places) hide(place, shown.get(place.url) === false);
    for (const line of lines) hide(line, line.ends.some(({ element }) => element.hasAttribute("hidden")));
  }
}
