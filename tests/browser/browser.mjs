// Debian's Chromium, driven over its own protocol.
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Starts the browser: the one named by CHROMIUM, else the system's. */
export function openBrowser() {
  const executablePath = process.env.CHROMIUM ?? places.find(existsSync);
  if (!executablePath) throw new Error("no browser: install chromium or set CHROMIUM");
  return chromium.launch({ executablePath, args: ["--disable-gpu", "--disable-dev-shm-usage"] });
}

/** A new page that notes what goes wrong while it shows a site: see `troubles`. */
export async function openPage(browser, options = {}) {
  const context = await browser.newContext({ locale: "en-GB", ...options });
  const page = await context.newPage();
  page.troubles = [];
  page.asked = [];
  page.on("console", (message) => {
    if (message.type() === "error") page.troubles.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => page.troubles.push(`script: ${error.message}`));
  page.on("request", (request) => page.asked.push(request.url()));
  page.on("requestfailed", (request) => {
    const why = request.failure()?.errorText;
    // Aborted: the visitor went on to the next page before the icon had come.
    if (why !== "net::ERR_ABORTED") page.troubles.push(`failed: ${request.url()} ${why}`);
  });
  return page;
}

/** Follows the link to `url` that stands inside `scope`, with the mouse. */
export async function follow(page, url, scope = "body") {
  const links = page.locator(`${scope} a[href]`);
  const index = await links.evaluateAll((all, wanted) => all.findIndex((link) => link.href === wanted && link.checkVisibility()), url);
  if (index < 0) throw new Error(`${page.url()}: no visible link to ${url} in ${scope}`);
  await Promise.all([page.waitForURL(url), links.nth(index).click()]);
}
