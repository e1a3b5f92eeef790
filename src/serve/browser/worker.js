// Listens for changes of the site, for all pages that are open in this browser, and asks for
// them what they want to know. Pages do not ask themselves: their policy forbids it.
const ports = new Set();
let last;

function tell(message) {
  last = message;
  for (const port of ports) port.postMessage(message);
}

function join(port) {
  ports.add(port);
  port.onmessage = async ({ data }) => {
    if (data.leave) return ports.delete(port);
    let answer = null;
    try {
      const response = await fetch(data.ask, { cache: "no-store" });
      if (response.ok) answer = await response.json();
    } catch {
      // The preview has stopped; it is asked again when it runs.
    }
    port.postMessage({ id: data.id, answer });
  };
  if (last) port.postMessage(last);
}

function listen() {
  const events = new EventSource("/_twintown/events");
  events.onmessage = ({ data }) => tell({ state: JSON.parse(data) });
  events.onerror = () => {
    tell({ lost: true });
    // Browsers try again by themselves, unless they have given up.
    if (events.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
  };
}

// Shared by all pages where the browser can do that: it opens few connections to one host.
if ("onconnect" in self) self.onconnect = (event) => join(event.ports[0]);
else join(self);
listen();
