/* Shows pages that a reader has saved where the network does not answer. It stores nothing: the page about reading
   without internet does, and takes it away. What is saved is one cache a language:
   - manifest.json says which page is which leaf,
   - a leaf holds the lines of a page, and for each variant their order; -1 is the style sheet. */
const SCOPE = new URL(self.registration.scope);
const LANGUAGE = SCOPE.pathname.split("/")[1];
const CACHE = `guidance-${LANGUAGE}`;
const OFFLINE = `${SCOPE.pathname}offline/`;
const VOICE = `${SCOPE.pathname}voice/`;
const PATIENCE = 4000;
const STYLE = -1;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== SCOPE.origin) {
    return;
  }
  if (request.mode === "navigate") {
    event.respondWith(page(request, url));
  } else if (request.method === "GET" && !url.pathname.startsWith(OFFLINE)) {
    event.respondWith(file(request));
  }
});

async function page(request, url) {
  const saved = request.method === "GET" ? await savedPage(url) : null;
  try {
    const answer = await (saved ? soon(fetch(request)) : fetch(request));
    return answer.status >= 500 && saved ? saved : answer;
  } catch {
    return saved || (await missing(request, url)) || Response.error();
  }
}

/* Sound has the hash of its words in its address: what is saved is right, and costs no data. */
async function file(request) {
  const isSound = new URL(request.url).pathname.startsWith(VOICE);
  const heard = isSound ? await read(request.url) : undefined;
  if (heard) {
    return stretch(request, heard);
  }
  try {
    return await fetch(request);
  } catch {
    const saved = await read(request.url);
    return saved ? stretch(request, saved) : Response.error();
  }
}

/* A line that never answers is as good as none. */
function soon(answer) {
  return Promise.race([
    answer,
    new Promise((_resolve, reject) => setTimeout(() => reject(new Error("late")), PATIENCE)),
  ]);
}

/* Looks, and makes no cache where there is none. */
async function read(address) {
  return (await caches.has(CACHE)) ? (await caches.open(CACHE)).match(address, { ignoreVary: true }) : undefined;
}

async function manifest() {
  const found = await read(`${OFFLINE}manifest.json`);
  return found ? found.json() : null;
}

async function savedPage(url) {
  const known = await manifest();
  if (!known) {
    return null;
  }
  const led = known.short[url.pathname];
  if (led) {
    return Response.redirect(new URL(led + url.search, SCOPE), 302);
  }
  return made(known, url.pathname, url.searchParams.get("as") || "");
}

/* Where something was sent, it is said that it was not: a click that is lost is not thanked for. */
async function missing(request, url) {
  const known = await manifest();
  const page = known && (request.method === "GET" ? known.none : known.unsent);
  return page ? made(known, page, url.searchParams.get("as") || "") : null;
}

async function made(known, path, variant) {
  const leaf = known.pages[path] && (await read(`${OFFLINE}${known.pages[path][0]}.json`));
  const style = leaf && (await read(`${OFFLINE}${known.style[0]}.json`));
  if (!style) {
    return null;
  }
  const sheet = await style.text();
  const { pieces, as } = await leaf.json();
  const lines = (as[variant] || as[""]).map((number) => (number === STYLE ? sheet : pieces[number]));
  return new Response(lines.join("\n"), {
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Language": LANGUAGE,
      "Content-Security-Policy": path === OFFLINE ? known.offline_policy : known.policy,
      "Referrer-Policy": "no-referrer",
      "X-Content-Type-Options": "nosniff",
    },
  });
}

/* Sound is asked for in stretches. */
async function stretch(request, saved) {
  const asked = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get("Range") || "");
  if (!asked) {
    return saved;
  }
  const whole = await saved.blob();
  const first = Number(asked[1]);
  const last = asked[2] ? Math.min(Number(asked[2]), whole.size - 1) : whole.size - 1;
  return new Response(whole.slice(first, last + 1), {
    status: 206,
    headers: {
      "Content-Type": saved.headers.get("Content-Type") || "",
      "Content-Range": `bytes ${first}-${last}/${whole.size}`,
    },
  });
}
