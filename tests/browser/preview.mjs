// `twintown serve`, started and asked.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, request as send } from "node:http";
import { day, program, repository } from "./site.mjs";

/** How the preview's own snippet begins; it stands after the end of each page. */
export const snippet = '<script type="module" src="/_twintown/preview.js"';

/** Starts the preview of the site in `root` and waits for the address it prints. */
export async function serve(port, root = repository, ...further) {
  const words = ["serve", "--root", root, "--port", String(port), "--as-of", day, "--lang", "en", ...further];
  const child = spawn(program(), words, { stdio: ["ignore", "ignore", "pipe"] });
  const exit = once(child, "exit");
  const url = await new Promise((ready, failed) => {
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text) => {
      said = (said + text).slice(-20_000);
      const address = /^(http:\/\/\S+\/)$/m.exec(said);
      if (address) ready(address[1]);
    });
    child.on("error", failed);
    child.on("exit", (status) => failed(new Error(`serve ended with ${status}: ${said.slice(-2000)}`)));
    setTimeout(() => failed(new Error(`serve is not ready: ${said.slice(-2000)}`)), 30_000).unref();
  }).catch((error) => {
    child.kill("SIGKILL");
    throw error;
  });
  return { child, url, exit };
}

/** Asks again and again until an answer is as it should be; fails with the last one. */
export async function until(ask, is, what, patience = 20_000) {
  const end = Date.now() + patience;
  for (;;) {
    const answer = await ask();
    if (await is(answer)) return answer;
    if (Date.now() > end) throw new Error(`${what}: ${String(answer).slice(0, 2000)}`);
    await new Promise((later) => setTimeout(later, 5));
  }
}

/** The preview at `url` by another address, where no answer comes to what `breaks` says of. */
export async function through(url, breaks) {
  const server = createServer((asked, answer) => {
    if (breaks(asked.url)) return asked.destroy();
    const { host } = new URL(url);
    const sent = send(new URL(asked.url, url), { method: asked.method, headers: { ...asked.headers, host } }, (came) => {
      answer.writeHead(came.statusCode, came.headers);
      came.pipe(answer);
    });
    sent.on("error", () => asked.destroy());
    answer.on("close", () => sent.destroy());
    asked.pipe(sent);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const close = () => { server.closeAllConnections(); server.close(); };
  return { url: `http://127.0.0.1:${server.address().port}/`, close };
}
