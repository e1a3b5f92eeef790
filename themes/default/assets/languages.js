// Keeps the reader's place when they change the language. The sections of a page have the
// same ids in all languages; headings of a text have ids of their own language, so they
// are told by their number: #text-2 leads to the second heading of the text.
const headings = [...document.querySelectorAll(".body :is(h2, h3, h4, h5, h6)[id]")];

function follow() {
  const place = headings.findIndex((heading) => "#" + heading.id === decodeURI(location.hash));
  const hash = place < 0 ? location.hash : `#text-${place + 1}`;
  for (const link of document.querySelectorAll(".languages a")) link.hash = hash;
}

const number = /^#text-(\d+)$/.exec(location.hash)?.[1];
const heading = headings[number - 1];
if (heading) {
  history.replaceState(history.state, "", "#" + heading.id);
  heading.scrollIntoView();
}
addEventListener("hashchange", follow);
follow();
