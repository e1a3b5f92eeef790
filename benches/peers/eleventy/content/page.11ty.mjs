import markdownIt from "markdown-it";

const markdown = markdownIt({ html: true });

export const data = {
  pagination: { data: "pages", size: 1, alias: "own" },
  permalink: ({ own }) => `${own.path}index.html`,
};

const escape = (text) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
const each = (list, write) => list.map(write).join("");

export function render({ own, common, root }) {
  const { words, menu } = common[own.lang];
  const title = escape(own.title);
  const current = (is) => (is ? ' aria-current="true"' : "");
  const back = own.trail.at(-1);
  return `<!DOCTYPE html>
<html lang="${own.lang}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – ${words.site}</title>
<meta name="description" content="${escape(own.summary)}">
<link rel="canonical" href="${root}/${own.path}">
${each(own.alternates, ({ lang, href }) => `<link rel="alternate" hreflang="${lang}" href="${root}${href}">\n`)}\
<link rel="stylesheet" href="/style.css">
<meta property="og:title" content="${title}">
<meta property="og:description" content="${escape(own.summary)}">
<meta property="og:type" content="website">
<meta property="og:url" content="${root}/${own.path}">
<meta property="og:site_name" content="${words.site}">
</head>
<body class="page-${own.section}">
<a class="skip" href="#content">${words.content}</a>
<header class="masthead">
<p class="site-title"><a href="/${own.lang}/">${words.site}</a></p>
<nav class="menu" aria-label="${words.menu}">
<ul>
${each(menu, ({ title, href, section }) => `<li><a href="${href}"${current(section === own.section)}>${title}</a></li>\n`)}\
</ul>
</nav>
<nav class="languages" aria-label="${words.languages}">
<ul>
${each(own.alternates, ({ lang, name, href }) => `<li><a href="${href}" lang="${lang}" hreflang="${lang}"${current(lang === own.lang)}>${name}</a></li>\n`)}\
</ul>
</nav>
</header>
<nav class="breadcrumb" aria-label="${words.trail}">
<ol>
${each(own.trail, ({ title, href }) => `<li><a href="${href}">${title}</a></li>\n`)}\
<li aria-current="page">${title}</li>
</ol>
</nav>
<main id="content" tabindex="-1">
<h1>${title}</h1>
${own.summary && `<p class="summary">${escape(own.summary)}</p>\n`}\
${own.facts.length ? `<dl class="facts">\n${each(own.facts, fact)}</dl>\n` : ""}\
${markdown.render(own.body)}
${each(own.groups, ({ title, entries }) => `<section>
<h2>${escape(title)} <span class="count">(${entries.length})</span></h2>
<ul class="entries">
${each(entries, entry)}</ul>
</section>
`)}\
${back ? `<p class="back"><a href="${back.href}">${words.back} ${back.title}</a></p>\n` : ""}\
</main>
<footer class="foot">
<nav aria-label="${words.about}">
<ul>
${each(menu, ({ title, href }) => `<li><a href="${href}">${title}</a></li>\n`)}\
</ul>
</nav>
</footer>
</body>
</html>
`;
}

const fact = ({ label, text, href }) =>
  `<div><dt>${label}</dt><dd>${href ? `<a href="${href}">${escape(text)}</a>` : escape(text)}</dd></div>\n`;

const entry = ({ title, href, meta, summary }) =>
  `<li class="entry">
<p class="entry-title">${href ? `<a href="${href}">${escape(title)}</a>` : escape(title)}</p>
${meta && `<p class="meta">${meta}</p>\n`}${summary && `<p class="entry-text">${escape(summary)}</p>\n`}</li>
`;
