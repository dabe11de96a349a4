// The switch for offline reading, and the list of what is kept. Before it is switched on there is no worker and nothing
// is kept; when it is switched off, both go.
{
  const place = document.querySelector("[data-worker]");
  const list = document.querySelector("[data-kept]");
  const PAGES = "nervewise-pages";

  const titleOf = (html) => new DOMParser().parseFromString(html, "text/html").title.replace(/ – Nervewise$/, "");

  const showKept = async () => {
    const cache = (await caches.has(PAGES)) && (await caches.open(PAGES));
    const requests = cache ? await cache.keys() : [];
    const read = requests.map((request) => new URL(request.url).pathname).filter((path) => !path.startsWith("/offline/"));
    const lines = read.map(async (path) => {
      const link = document.createElement("a");
      link.href = path;
      link.textContent = titleOf(await (await cache.match(path)).text());
      const line = document.createElement("li");
      line.append(link);
      return line;
    });
    list.replaceChildren(...(await Promise.all(lines)));
    list.closest("section").hidden = !list.children.length;
  };

  const started = (worker) =>
    new Promise((resolve, reject) => {
      worker.addEventListener("statechange", () => {
        if (worker.state === "activated") resolve();
        else if (worker.state === "redundant") reject();
      });
    });

  const switchOn = async () => {
    const registration = await navigator.serviceWorker.register(place.dataset.worker, { updateViaCache: "none" });
    if (registration.installing) await started(registration.installing);
  };

  const switchOff = async () => {
    const ours = (await caches.keys()).filter((name) => name.startsWith("nervewise-"));
    await Promise.all(ours.map((name) => caches.delete(name)));
    await (await navigator.serviceWorker.getRegistration("/"))?.unregister();
  };

  if (list && globalThis.caches) showKept();
  if (place && navigator.serviceWorker && globalThis.caches) {
    const box = place.querySelector("input");
    const status = place.querySelector("[role=status]");
    const tell = (words) => {
      status.textContent = status.dataset[words];
      box.disabled = false;
    };
    place.querySelector("[data-without]").hidden = true;
    place.querySelector("label").hidden = false;
    navigator.serviceWorker.getRegistration("/").then((registration) => {
      box.checked = Boolean(registration);
      tell(box.checked ? "on" : "off");
    });
    box.addEventListener("change", async () => {
      box.disabled = true;
      try {
        await (box.checked ? switchOn() : switchOff());
        tell(box.checked ? "on" : "off");
      } catch {
        await switchOff();
        box.checked = false;
        tell("failed");
      }
      await showKept();
    });
  }
}
