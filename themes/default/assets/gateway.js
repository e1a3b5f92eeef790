// Leads the visitor to the first of their browser's languages that the site has.
// Without this script the page is a plain list of languages.
const links = [...document.querySelectorAll("a[hreflang]")];
for (const wanted of navigator.languages ?? []) {
  const primary = wanted.toLowerCase().split("-")[0];
  const link = links.find((link) => link.hreflang.toLowerCase().split("-")[0] === primary);
  if (link) {
    location.replace(link.href);
    break;
  }
}
