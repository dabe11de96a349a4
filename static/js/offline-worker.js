// Keeps the pages that are read, for a reader who has asked for it (offline.js). The server writes SITE before this:
// its `version`, the `pages` that are always kept, the `files` that they need, the page `notKept` that stands in for
// others, and `never`, the parts of the site of which nothing else is kept.
const PAGES = "nervewise-pages";
const FILES = `nervewise-files-${SITE.version}`;
const MOST_PAGES = 150;
const KEPT_ON = "X-Kept-On";
const KINDS = /^(text\/(html|css|javascript)|image\/)/;

// Never a visitor's answers, nor what was looked for: those stand in other addresses, or behind a question mark.
const mayBeKept = ({ origin, pathname, search }) =>
  origin === location.origin &&
  !search &&
  (SITE.pages.includes(pathname) || !SITE.never.some((part) => pathname.startsWith(part)));

const isWorthKeeping = ({ status, redirected, headers }) =>
  status === 200 &&
  !redirected &&
  KINDS.test(headers.get("Content-Type") ?? "") &&
  !headers.get("Cache-Control")?.includes("no-store");

const makeRoom = async (cache) => {
  const days = new Map();
  for (const request of await cache.keys()) {
    const kept = SITE.pages.includes(new URL(request.url).pathname) ? null : await cache.match(request);
    if (kept) days.set(request, kept.headers.get(KEPT_ON));
  }
  const oldest = [...days.keys()].sort((one, other) => days.get(one).localeCompare(days.get(other)));
  for (const request of oldest.slice(0, Math.max(0, oldest.length - MOST_PAGES))) await cache.delete(request);
};

const keep = async (name, address, response) => {
  // The caches are gone once the reader has switched it off; a page that is still open must not bring them back.
  if (!isWorthKeeping(response) || !(await caches.has(name))) return;
  const body = await response.blob();
  const headers = new Headers(response.headers);
  headers.set(KEPT_ON, new Date().toISOString());
  // The body is unpacked, and grows by a line when it is shown.
  for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name);
  const cache = await caches.open(name);
  await cache.put(address, new Response(body, { headers }));
  if (name === PAGES) await makeRoom(cache);
};

const withDay = async (kept) => {
  const day = new Date(kept.headers.get(KEPT_ON)).toLocaleDateString("en-GB", { dateStyle: "long" });
  const words = `<p class="notice" role="status">You are offline. This page was kept on ${day}.</p>`;
  const html = (await kept.text()).replace(/<main[^>]*>/, (main) => main + words);
  return new Response(html, { headers: kept.headers });
};

const openPage = async (event, address) => {
  const isKept = mayBeKept(address);
  try {
    // Past the browser's own cache, which gives a page of some minutes ago as if it were one of now.
    const response = await (isKept ? fetch(event.request, { cache: "no-cache" }) : fetch(event.request));
    if (isKept) event.waitUntil(keep(PAGES, address.pathname, response.clone()));
    return response;
  } catch {
    const kept = isKept && (await caches.match(address.pathname, { cacheName: PAGES }));
    return kept ? withDay(kept) : ((await caches.match(SITE.notKept, { cacheName: PAGES })) ?? Response.error());
  }
};

const getFile = async (event, address) => {
  try {
    const response = await fetch(event.request);
    event.waitUntil(keep(FILES, address.pathname, response.clone()));
    return response;
  } catch {
    // A page of another day asks for the styles and scripts of that day: those of now stand in.
    const name = address.pathname.split("/").pop();
    const standIn = SITE.files.find((file) => file.endsWith(`/${name}`)) ?? address.pathname;
    const kept = await caches.match(address.pathname, { cacheName: FILES });
    return kept ?? (await caches.match(standIn, { cacheName: FILES })) ?? Response.error();
  }
};

const keepFirst = async () => {
  await Promise.all([caches.open(PAGES), caches.open(FILES)]);
  const first = [...SITE.pages.map((page) => [PAGES, page]), ...SITE.files.map((file) => [FILES, file])];
  const get = async ([name, address]) => {
    const response = await fetch(address, { cache: "reload", credentials: "omit" });
    if (!response.ok) throw new Error(`${address} answers ${response.status}`);
    await keep(name, address, response);
  };
  await Promise.all(first.map(get));
  await self.skipWaiting();
};

const takeOver = async () => {
  const others = (await caches.keys()).filter((name) => name.startsWith("nervewise-files-") && name !== FILES);
  await Promise.all(others.map((name) => caches.delete(name)));
  await self.clients.claim();
};

self.addEventListener("install", (event) => event.waitUntil(keepFirst()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== location.origin) return;
  if (event.request.mode === "navigate") event.respondWith(openPage(event, address));
  else if (mayBeKept(address)) event.respondWith(getFile(event, address));
});
