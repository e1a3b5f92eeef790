// The preview over a page: it follows the files, tells what is wrong, and where things come from.
const own = document.getElementById("twintown-preview").dataset;
const parsed = (html) => new DOMParser().parseFromString(html, "text/html");
let version = own.version;
// The text that the open page shows, and its print.
let base = null;
let seen = own.seen;
let whole = true;

// ---- the worker ----

/** What comes when the preview is away is asked for again after so long, in milliseconds. */
const AGAIN = 1000;
const waiting = new Map();
let port;
function connect() {
  let worker;
  try {
    worker = new SharedWorker("/_twintown/worker.js", "twintown");
  } catch {
    worker = new Worker("/_twintown/worker.js");
  }
  port = worker.port ?? worker;
  port.onmessage = hear;
  worker.onerror = () => {
    say(words.lost);
    for (const answered of waiting.values()) answered(null);
    waiting.clear();
    setTimeout(connect, AGAIN);
  };
}
addEventListener("pagehide", () => port.postMessage({ leave: true }));

function ask(path, parameters) {
  const id = crypto.getRandomValues(new Uint32Array(2)).join();
  return new Promise((answered) => {
    waiting.set(id, answered);
    port.postMessage({ id, ask: `${path}?${new URLSearchParams(parameters)}` });
  });
}

function hear({ data }) {
  if (data.id) {
    waiting.get(data.id)?.(data.answer);
    waiting.delete(data.id);
  } else if (data.lost) {
    say(words.lost);
  } else {
    say("");
    changed(data.state);
  }
}
addEventListener("pageshow", ({ persisted }) => persisted && location.reload());

// ---- following the files ----

// A page that is being left does not ask to be left again: that would end its going.
let leaving = false;
function leave(go) {
  if (!leaving) go();
  leaving = true;
}

let looking = null;
function changed(state) {
  const isNew = state.version !== version;
  version = state.version;
  const there = isNew && state.follow && (state.follow[document.documentElement.lang] ?? Object.values(state.follow)[0]);
  if (there && there !== location.pathname && !document.hidden) {
    leave(() => location.assign(there));
  } else if (!own.seen) {
    if (isNew && !document.activeElement?.matches("input")) leave(() => location.reload());
  } else if (isNew || base === null) {
    // One after the other, and the last one sees the last state.
    looking = (looking ?? Promise.resolve()).then(look);
  }
}

async function look() {
  const answer = await ask("/_twintown/page", { url: location.pathname, seen: base ? seen : "", subject: own.subject });
  if (!answer || leaving) return;
  if (answer.moved) return leave(() => location.replace(answer.moved + location.hash));
  let gone = false;
  if (base === null && answer.print !== seen) {
    // It has changed while it was on its way, or gone: then what is open is the last there was of it.
    if (answer.whole) return leave(() => location.reload());
    gone = true;
  } else if (base === null) {
    base = parsed(answer.html);
    whole = answer.whole;
  } else if (answer.whole && answer.html !== undefined) {
    const next = parsed(answer.html);
    if (!whole || !patchPage(base, next)) return leave(() => location.reload());
    base = next;
    seen = answer.print;
  }
  show(answer, gone || (whole && !answer.whole));
  document.documentElement.dispatchEvent(new CustomEvent("twintown:shown", { detail: answer.version }));
}

// ---- what is drawn ----

const host = document.createElement("twintown-preview");
const root = host.attachShadow({ mode: "open" });
host.lang = wordsLanguage;
// Not on paper, and not before its style is there.
host.hidden = true;
document.documentElement.append(host);

function make(name, attributes = {}, ...inside) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(key, "");
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(key, value);
  }
  made.append(...inside.filter((one) => one !== null));
  return made;
}

function style() {
  const link = make("link", { rel: "stylesheet", href: "/_twintown/preview.css" });
  link.onload = () => { host.hidden = false; };
  link.onerror = () => setTimeout(() => link.replaceWith(style()), AGAIN);
  return link;
}

const note = make("p", { role: "status" });
const count = make("button", { type: "button", id: "count", "aria-expanded": "false", "aria-controls": "panel", hidden: true });
const elsewhere = make("a", { id: "elsewhere", href: "/_twintown/", hidden: true });
const draft = make("strong", { id: "draft", hidden: true }, words.draft);
const whence = make("button", { type: "button", id: "whence", "aria-expanded": "false", "aria-controls": "panel" }, words.whence);
const panel = make("section", { id: "panel", role: "dialog", "aria-labelledby": "title", hidden: true });
const frame = make("div", { id: "frame", hidden: true });
root.append(style(), frame, make("aside", { "aria-label": "twintown" }, panel, make("div", { id: "bar" },
  note, draft, count, elsewhere, own.seen ? whence : null, make("a", { href: "/_twintown/" }, words.overview))));

function say(text) {
  if (note.textContent !== text) note.textContent = text;
}

let told = "";
let problems = [];
function show(answer, gone) {
  problems = answer.problems;
  draft.hidden = !answer.draft;
  elsewhere.hidden = !answer.elsewhere;
  elsewhere.textContent = answer.elsewhere ?? "";
  count.hidden = problems.length === 0;
  count.textContent = `${words.problems}: ${problems.length}`;
  say(gone ? words.gone : "");
  const now = JSON.stringify(problems);
  if (now === told) return;
  told = now;
  // What is new opens by itself, and goes by itself with its cause.
  if (problems.length > 0) openProblems();
  else if (mode === "problems") close();
  if (mode === "whence") openWhence();
}

// ---- the panel ----

let mode = "";
let opener = null;
function open(next, title, ...inside) {
  mode = next;
  count.setAttribute("aria-expanded", String(mode === "problems"));
  whence.setAttribute("aria-expanded", String(mode === "whence"));
  const shut = make("button", { type: "button", id: "close" }, words.close);
  shut.onclick = close;
  panel.replaceChildren(make("h2", { id: "title", tabindex: "-1" }, title), shut, ...inside);
  panel.hidden = false;
}

function close() {
  const inside = panel.contains(root.activeElement);
  mode = "";
  panel.hidden = true;
  frame.hidden = true;
  panel.replaceChildren();
  count.setAttribute("aria-expanded", "false");
  whence.setAttribute("aria-expanded", "false");
  if (inside && opener?.isConnected && !opener.hidden) opener.focus();
}

const place = ({ place, href }) => href
  ? make("a", { href, title: words.open }, place)
  : make("span", {}, place);

function openProblems() {
  const items = problems.map((problem) => make("li", { class: problem.severity }, place(problem),
    make("pre", { tabindex: "0", "aria-label": problem.message }, problem.text)));
  open("problems", words.problems, make("ul", {}, ...items));
}

count.onclick = () => {
  if (mode === "problems") return close();
  opener = count;
  openProblems();
  root.getElementById("title").focus();
};

addEventListener("keydown", (event) => {
  if (event.key === "Escape" && mode && !event.defaultPrevented) close();
});

// ---- where things come from ----

const blocks = "h1, h2, h3, h4, p, li, dt, dd, tr, figure, img, section, header, nav, address, blockquote, pre";
const plain = (text) => text.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/[*_`#>|~\\]/g, "").replace(/\s+/g, " ").trim().toLowerCase();

whence.onclick = async () => {
  if (mode === "whence") return close();
  opener = whence;
  await openWhence();
  root.getElementById("title")?.focus();
};

let pages = new Map();
const sourceOf = async (url) => {
  if (!pages.has(url)) pages.set(url, await ask("/_twintown/source", { url }));
  return pages.get(url);
};

async function openWhence() {
  pages = new Map();
  const source = await sourceOf(location.pathname);
  const chosen = make("div", { id: "chosen", "aria-live": "polite" }, make("p", {}, words.whence_help));
  if (!source?.record) return open("whence", words.whence, make("p", {}, words.no_record), chosen);
  const values = source.values.map((value) => {
    const button = make("button", { type: "button" }, value.field);
    button.onfocus = button.onmouseenter = () => outline(blockOf(value));
    button.onclick = () => { blockOf(value)?.scrollIntoView({ block: "center" }); outline(blockOf(value)); };
    return make("li", {}, button, " ", place(value), value.other && isShown(value) ? make("em", {}, ` ${words.from_language.replace("{language}", value.other)}`) : null);
  });
  open("whence", words.whence, make("p", {}, make("strong", {}, source.record), " ", place(source)), chosen,
    source.lacks.length ? make("details", { open: true }, make("summary", {}, words.lacks), make("ul", {}, ...source.lacks.map((text) => make("li", {}, text)))) : null,
    make("ul", { id: "values" }, ...values));
}

const textOf = (element) => plain(element.localName === "img" ? element.alt : element.textContent);
const isIn = (value, text) => {
  const written = plain(value.text);
  return written.length > 1 && text.length > 0 && (text.includes(written) || (text.length > 12 && written.includes(text)));
};

// The smallest part of the page that shows a value.
function blockOf(value) {
  const written = plain(value.text);
  if (written.length < 2) return null;
  const shows = [...document.querySelectorAll("main, main *")].filter((element) => textOf(element).includes(written.slice(0, 60)));
  return shows.at(-1) ?? null;
}
const isShown = (value) => blockOf(value) !== null;

function outline(element) {
  frame.hidden = !element;
  if (!element) return;
  const { left, top, width, height } = element.getBoundingClientRect();
  Object.assign(frame.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
}

const blockAt = (event) => mode === "whence" && event.target !== host && event.target.closest?.(blocks);
addEventListener("mouseover", (event) => {
  const block = blockAt(event);
  if (block) outline(block);
});
addEventListener("scroll", () => { frame.hidden = true; }, { passive: true });
addEventListener("click", async (event) => {
  const block = blockAt(event);
  if (!block) return;
  event.preventDefault();
  event.stopPropagation();
  const chosen = root.getElementById("chosen");
  const here = await sourceOf(location.pathname);
  const text = textOf(block);
  const found = (here?.values ?? []).filter((value) => isIn(value, text)).map((value) => [value, null]);
  // What is shown of another record comes from there.
  const links = [...(block.matches("a") ? [block] : block.querySelectorAll("a[href]"))].filter((link) => link.origin === location.origin && link.pathname !== location.pathname);
  for (const link of links.slice(0, 5)) {
    const there = await sourceOf(link.pathname);
    if (there?.record) found.push([there, there.record]);
  }
  chosen.replaceChildren(found.length
    ? make("ul", {}, ...found.map(([one, record]) => make("li", {}, make("strong", {}, record ?? one.field), " ", place(one),
      !record && one.other ? make("em", {}, ` ${words.from_language.replace("{language}", one.other)}`) : null)))
    : make("p", {}, words.no_record));
}, true);

// Last, when all is there that what comes may need.
connect();
