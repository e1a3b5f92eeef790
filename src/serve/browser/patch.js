// Applies to an open page what differs between two texts of it. What does not differ is not
// touched: focus, what is typed, what is unfolded, and what the page's own scripts have made.
class Unpatchable extends Error {}

function patchPage(before, after) {
  const scripts = (page) => [...page.querySelectorAll("script:not([type='application/ld+json'])")].map((script) => script.outerHTML).join();
  if (scripts(before) !== scripts(after)) return false;
  try {
    patchAttributes(document.documentElement, before.documentElement, after.documentElement);
    patchNode(document.head, before.head, after.head);
    patchNode(document.body, before.body, after.body);
    return true;
  } catch (error) {
    if (error instanceof Unpatchable) return false;
    throw error;
  }
}

function patchAttributes(live, before, after) {
  for (const { name, value } of after.attributes) {
    if (before.getAttribute(name) !== value) live.setAttribute(name, value);
  }
  for (const { name } of before.attributes) {
    if (!after.hasAttribute(name)) live.removeAttribute(name);
  }
}

function patchNode(live, before, after) {
  if (after.nodeType !== Node.ELEMENT_NODE) {
    live.data = after.data;
  } else if (after.localName === "link" && after.rel === "stylesheet") {
    swapStyle(live, after);
  } else {
    patchAttributes(live, before, after);
    patchChildren(live, before, after);
  }
}

// The old sheet goes when the new one has come, so that the page is never bare.
function swapStyle(live, after) {
  const next = document.importNode(after, true);
  next.onload = next.onerror = () => live.remove();
  live.after(next);
}

function patchChildren(live, before, after) {
  const olds = [...before.childNodes];
  const news = [...after.childNodes];
  const places = locate(live, olds);
  const pairs = align(olds, news);
  const kept = new Set(pairs.values());
  for (const old of olds) {
    if (!kept.has(old)) places.get(old)?.remove();
  }
  let last = null;
  for (const next of news) {
    const old = pairs.get(next);
    let place = old && places.get(old);
    if (!old) {
      place = document.importNode(next, true);
      if (last) last.after(place);
      else live.prepend(place);
    } else if (!old.isEqualNode(next)) {
      if (!place) throw new Unpatchable();
      const stands = place.previousSibling;
      patchNode(place, old, next);
      if (!place.isConnected) place = stands;
    }
    last = place ?? last;
  }
}

const isKind = (one, other) => one.nodeName === other.nodeName && (one.id ?? "") === (other.id ?? "");

// Where the children that a page was sent with are now, among what scripts may have added.
function locate(live, olds) {
  const places = new Map();
  const rest = [...live.childNodes];
  let from = 0;
  for (const old of olds) {
    const find = (fits) => rest.findIndex((node, index) => index >= from && fits(node));
    let place = find((node) => isKind(node, old) && (old.nodeType === Node.ELEMENT_NODE ? node.className === old.className : node.data === old.data));
    if (place < 0 && old.nodeType === Node.ELEMENT_NODE) place = find((node) => isKind(node, old));
    if (place < 0) continue;
    places.set(old, rest[place]);
    from = place + 1;
  }
  return places;
}

// For each new child the old one that it takes the place of; both in order. Equal ones first,
// from both ends and by the longest common sequence between, then those of one kind.
function align(olds, news) {
  const pairs = new Map();
  let start = 0;
  let oldEnd = olds.length;
  let newEnd = news.length;
  const same = (old, next) => old.isEqualNode(next);
  while (start < oldEnd && start < newEnd && same(olds[start], news[start])) {
    pairs.set(news[start], olds[start]);
    start += 1;
  }
  while (oldEnd > start && newEnd > start && same(olds[oldEnd - 1], news[newEnd - 1])) {
    oldEnd -= 1;
    newEnd -= 1;
    pairs.set(news[newEnd], olds[oldEnd]);
  }
  const a = olds.slice(start, oldEnd);
  const b = news.slice(start, newEnd);
  const near = (old, next) => same(old, next) ? 3 : isKind(old, next) ? 1 : 0;
  // Long lists are paired as they come: what is sought is a small patch, not the smallest.
  if (a.length * b.length > 250_000) {
    for (let n = 0; n < Math.min(a.length, b.length); n += 1) {
      if (near(a[n], b[n])) pairs.set(b[n], a[n]);
    }
    return pairs;
  }
  const best = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  const worth = a.map((old) => b.map((next) => near(old, next)));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const paired = worth[i][j] ? best[i + 1][j + 1] + worth[i][j] : 0;
      best[i][j] = Math.max(paired, best[i + 1][j], best[i][j + 1]);
    }
  }
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (worth[i][j] && best[i][j] === best[i + 1][j + 1] + worth[i][j]) pairs.set(b[j++], a[i++]);
    else if (best[i][j] === best[i + 1][j]) i += 1;
    else j += 1;
  }
  return pairs;
}
