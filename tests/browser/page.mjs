// A page as a browser understands it: its elements, what stands in them, and in which language.
import { parse } from "parse5";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";

/** The pages of a built site, with their address below it (`pl/miasta/`); `wanted` sees the address and the source. */
export async function* pages(out, wanted = () => true) {
  for (const path of (await readdir(out, { recursive: true })).sort()) {
    if (!path.endsWith(".html")) continue;
    const url = path.replace(/index\.html$/, "");
    const html = await readFile(join(out, path), "utf8");
    if (wanted(url, html)) yield { url, lang: url.split("/")[0], root: element(parse(html)) };
  }
}

/** The tree without what the parser notes for itself. */
function element(node, parent = null) {
  const own = { name: node.tagName ?? "", parent, attributes: {}, children: [], inside: null };
  for (const { name, value } of node.attrs ?? []) own.attributes[name] = value;
  for (const child of node.childNodes ?? []) {
    if (child.nodeName === "#text") own.children.push(child.value);
    else if (child.tagName) own.children.push(element(child, own));
  }
  return own;
}

/** All elements in another one, in the order of the page; found once for each. */
export function elements(node) {
  return (node.inside ??= below(node, []));
}

function below(node, found) {
  for (const child of node.children) {
    if (typeof child === "string") continue;
    found.push(child);
    below(child, found);
  }
  return found;
}

/** The elements in another one that `p.lead`, `p`, `.lead` or `#content` names. */
export function all(node, selector) {
  const [, name, mark, word] = /^([a-z0-9]*)([.#]?)(.*)$/.exec(selector);
  return elements(node).filter((one) =>
    (name === "" || one.name === name) &&
    (mark !== "." || has(one, word)) &&
    (mark !== "#" || one.attributes.id === word));
}

export const first = (node, selector) => all(node, selector)[0];
export const has = (node, word) => (node.attributes.class ?? "").split(" ").includes(word);

/** Blanks of the source as one; no-break ones are part of the text. */
export const folded = (text) => text.replaceAll(/[ \t\r\n\f]+/g, " ").replace(/^ | $/g, "");

/** What is read in an element. */
export function text(node) {
  const read = (one) => one.children.map((child) => (typeof child === "string" ? child : read(child))).join("");
  return folded(read(node));
}

/** What stands in an element itself, not in elements inside it. */
export const ownText = (node) => folded(node.children.filter((child) => typeof child === "string").join(""));

/** The language of an element, as its nearest ancestor says. */
export function languageOf(node) {
  for (let at = node; at; at = at.parent) if (at.attributes.lang) return at.attributes.lang;
  return null;
}

/** The facts of a page: what stands after each term of its lists of terms. */
export function facts(root) {
  return all(root, "dt").flatMap((term) => {
    const group = term.parent;
    const said = group.children.slice(group.children.indexOf(term)).find((child) => child.name === "dd");
    return said ? [{ term: text(term), said }] : [];
  });
}
