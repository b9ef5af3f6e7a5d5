/* Saves the pages of a language when a reader asks for it, and takes them away entirely. Before the first touch of the
   button nothing is stored and no worker is there. Each part is kept under the hash of its content, so that a later
   visit fetches only what is new; the list of parts is written last, so that what is saved is always whole. */
const box = document.querySelector("[data-offline]");
const LANGUAGE = box.dataset.language;
const CACHE = `guidance-${LANGUAGE}`;
const SCOPE = `/${LANGUAGE}/guidance/`;
const BASE = `${SCOPE}offline/`;
const LIST = `${BASE}manifest.json`;
const VOICE = `${SCOPE}voice/`;
const WORKER = `${BASE}worker.js`;
const AT_ONCE = 4;
const OF_GUIDANCE = /^\/[a-z]{2,3}\/guidance\/$/;
const ENDED = "AbortError";
const OPUS = document.createElement("audio").canPlayType("audio/ogg; codecs=opus") !== "";
const status = box.querySelector("[data-status]");
const progress = box.querySelector("[data-progress]");

const one = (name) => box.querySelector(`[data-${name}]`);
const show = (name, shown) => {
  for (const element of box.querySelectorAll(`[data-${name}]`)) {
    element.hidden = !shown;
  }
};
const filled = (words, values) => words.replace(/\{(\w+)\}/g, (_all, name) => `\u2068${values[name]}\u2069`);

/* As guidance/everywhere/sizes.py tells them. */
function told(bytes) {
  const kilobytes = Math.max(1, Math.round(bytes / 1000));
  const [words, number] =
    kilobytes < 1000 ? [box.dataset.kilo, kilobytes] : [box.dataset.mega, Math.round(kilobytes / 100) / 10];
  return words.replace("{n}", String(number));
}

/* Looks, and makes no cache where there is none. */
async function kept(address) {
  return (await caches.has(CACHE)) ? (await caches.open(CACHE)).match(address, { ignoreVary: true }) : undefined;
}

async function list() {
  const found = await kept(LIST);
  return found ? found.json() : null;
}

async function newest() {
  const answer = await fetch(OPUS ? LIST : `${LIST}?voice=mp3`, { cache: "no-store" });
  if (!answer.ok) {
    throw new Error(String(answer.status));
  }
  return answer;
}

/* Every part of a list: its address here, its hash, its bytes. A part of the pack has its hash as its address. */
function parts(known, voice) {
  const leaves = [known.style, ...Object.values(known.pages)].map(([digest, size]) => ({
    address: `${BASE}${digest}.json`,
    size,
  }));
  const files = { ...known.files.pages, ...(voice ? known.files.voice : {}) };
  const others = Object.entries(files).map(([address, [digest, size]]) => ({ address, digest, size }));
  return [...leaves, ...others];
}

/* What is not here yet, or is another version of what is. */
async function lacking(next, voice) {
  const before = await list();
  const known = before ? { ...before.files.pages, ...before.files.voice } : {};
  const found = [];
  for (const part of parts(next, voice)) {
    const same = !part.digest || (known[part.address] && known[part.address][0] === part.digest);
    if (!same || !(await kept(part.address))) {
      found.push(part);
    }
  }
  return found;
}

/* Whether the sound was asked for: some of it is here, be it of other words by now. */
async function hasVoice() {
  const every = (await caches.has(CACHE)) ? await (await caches.open(CACHE)).keys() : [];
  return every.some((request) => new URL(request.url).pathname.startsWith(VOICE));
}

/* Grows whenever everything is taken away: what was begun before then stores nothing more. */
let removals = 0;
const stopAfter = (removal) => {
  if (removal !== removals) {
    throw new DOMException("removed", ENDED);
  }
};

async function fetched(wanted, cache, removal) {
  const waiting = [...wanted];
  let done = 0;
  progress.max = wanted.length;
  progress.hidden = false;
  const work = async () => {
    for (let part = waiting.shift(); part; part = waiting.shift()) {
      const answer = await fetch(part.address, { cache: "no-store" });
      if (!answer.ok) {
        throw Object.assign(new Error(`${part.address}: ${answer.status}`), { isGone: answer.status === 404 });
      }
      stopAfter(removal);
      await cache.put(part.address, answer);
      done += 1;
      progress.value = done;
      status.textContent = filled(status.dataset.saving, { done, total: wanted.length });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

async function brought(voice, removal) {
  const answer = await newest();
  const next = await answer.clone().json();
  const wanted = await lacking(next, voice);
  stopAfter(removal);
  const cache = await caches.open(CACHE);
  await fetched(wanted, cache, removal);
  stopAfter(removal);
  await cache.put(LIST, answer);
  await tidied(cache, next);
  stopAfter(removal);
}

async function save(voice) {
  const removal = removals;
  const isNew = !(await list());
  const withVoice = voice || (await hasVoice());
  try {
    try {
      await brought(withVoice, removal);
    } catch (problem) {
      if (!problem.isGone) {
        throw problem;
      }
      await brought(withVoice, removal); /* While it was fetched, a new list took the place of the old one. */
    }
    await register();
    stopAfter(removal);
    status.textContent = "";
  } catch (problem) {
    if (problem.name === ENDED) {
      await removed();
      progress.hidden = true;
      return;
    }
    if (isNew) {
      await removed([LANGUAGE]);
    }
    status.textContent = problem.name === "QuotaExceededError" ? status.dataset.full : status.dataset.failed;
  }
  progress.hidden = true;
  await shown();
}

async function tidied(cache, known) {
  const wanted = new Set([LIST, ...parts(known, true).map((part) => part.address)]);
  for (const request of await cache.keys()) {
    if (!wanted.has(new URL(request.url).pathname)) {
      await cache.delete(request);
    }
  }
}

/* The policy lets this one name say where a worker is, and this says one address only. */
const policy = window.trustedTypes?.createPolicy("guidance-worker", { createScriptURL: () => WORKER });

async function register() {
  await navigator.serviceWorker.register(policy ? policy.createScriptURL("") : WORKER, {
    scope: SCOPE,
    updateViaCache: "none",
  });
}

/* The languages of which something is here: each has a cache, a worker, or both. */
async function there() {
  const found = new Set();
  for (const name of await caches.keys()) {
    if (name.startsWith("guidance-")) {
      found.add(name.slice("guidance-".length));
    }
  }
  for (const { scope } of await navigator.serviceWorker.getRegistrations()) {
    const { pathname } = new URL(scope);
    if (OF_GUIDANCE.test(pathname)) {
      found.add(pathname.split("/")[1]);
    }
  }
  return found;
}

/* Takes languages away; where none is named, every one that is here. */
async function removed(languages) {
  const ending = new Set(languages || (await there()));
  for (const registration of await navigator.serviceWorker.getRegistrations()) {
    const { pathname } = new URL(registration.scope);
    if (OF_GUIDANCE.test(pathname) && ending.has(pathname.split("/")[1])) {
      await registration.unregister();
    }
  }
  await Promise.all([...ending].map((language) => caches.delete(`guidance-${language}`)));
}

async function remove() {
  removals += 1;
  await removed();
  status.textContent = (await there()).size ? status.dataset.failed : status.dataset.removed;
  await shown();
}

/* What can be done now. Whether there is something new is asked of the network; without it, nothing is said. An answer
   that comes when something else has been done since is left alone. */
let looks = 0;

async function shown() {
  looks += 1;
  const look = looks;
  const known = await list();
  const anything = (await there()).size > 0;
  const now = { none: !known, saved: Boolean(known), anything };
  for (const element of box.querySelectorAll("[data-when]")) {
    element.hidden = !now[element.dataset.when];
  }
  show("stale", false);
  show("newest", false);
  const voice = await hasVoice();
  show("silent", !voice);
  if (!known) {
    return;
  }
  one("saved").textContent = filled(one("saved").dataset.saved, { date: known.day });
  try {
    const next = await (await newest()).json();
    const wanted = await lacking(next, voice);
    if (look !== looks) {
      return;
    }
    show("newest", wanted.length === 0);
    show("stale", wanted.length > 0);
    const size = told(wanted.reduce((sum, part) => sum + part.size, 0));
    one("words").textContent = filled(one("words").dataset.words, { size });
  } catch {
    /* No line now. */
  }
}

let prompt = null;
addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  prompt = event;
  show("install", true);
});

const DOES = {
  save: () => save(false),
  update: () => save(false),
  voice: () => save(true),
  remove,
  install: () => prompt.prompt(),
};

if ("serviceWorker" in navigator && "caches" in window) {
  for (const size of OPUS ? [] : box.querySelectorAll("[data-mp3]")) {
    size.hidden = false;
    size.previousElementSibling.hidden = true;
  }
  for (const button of box.querySelectorAll("[data-do]")) {
    button.addEventListener("click", async () => {
      button.disabled = true;
      await DOES[button.dataset.do]();
      button.disabled = false;
    });
  }
  box.hidden = false;
  await shown();
}
