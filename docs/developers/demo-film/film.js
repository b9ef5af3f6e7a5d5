// Draws the film. Each scene is a function of the time within it, from 0 to its length in seconds, so that any picture
// can be drawn alone and two runs draw the same. Nothing stands below LOWEST: there the captions are shown.
"use strict";

const PAPER = "#fbfaf7";
const FIELD = "#ffffff";
const INK = "#16202b";
const QUIET = "#515c68";
const HAIRLINE = "#d8d3c8";
const ACCENT = "#0b4f8a";
const MARKER = "#fbe8a3";
const SCRIPTS = '"noto-naskh-arabic", "noto-sans-georgian", "noto-sans-armenian"';
const face = (name) => ["latin", "latin-ext", "greek", "cyrillic"].map((part) => `"${name} ${part}"`).join(", ");
const SERIF = `${face("Serif")}, ${SCRIPTS}`;
const SANS = `${face("Sans")}, ${SCRIPTS}`;
const WIDTH = 1280;
const LOWEST = 560;
const MIDDLE = [640, 300];
const FADE = 0.16; // seconds
const LONGEST_STEP = 8; // seconds between pictures that need none before them

const canvas = document.querySelector("canvas");
const pen = canvas.getContext("2d");
let film;

async function prepare(told) {
  film = told;
  await Promise.all([...document.fonts].map((font) => font.load()));
}

// Time -----------------------------------------------------------------------------------------------------------------

/** How far something that goes on between two moments is, from 0 to 1, slow at both ends. */
function during(time, from, until) {
  const part = Math.min(Math.max((time - from) / (until - from), 0), 1);
  return part * part * (3 - 2 * part);
}

/** Whether something is there that comes at a moment: what fades costs many bytes, so it is quick. */
const coming = (time, from) => during(time, from, from + FADE);

/** Whether a scene still is there: a moment before its end it goes. */
const staying = (time, length) => 1 - during(time, length - 2 * FADE, length - FADE);

const between = (low, high, part) => low + (high - low) * part;

// Lines and words ------------------------------------------------------------------------------------------------------

function words(text, x, y, { size, font = SERIF, weight = 400, colour = INK, align = "left", shown = 1 }) {
  pen.save();
  pen.globalAlpha = shown;
  pen.font = `${weight} ${size}px ${font}`;
  pen.fillStyle = colour;
  pen.textAlign = align;
  pen.fillText(text, x, y);
  pen.restore();
}

function wide(text, size, font = SERIF, weight = 400) {
  pen.font = `${weight} ${size}px ${font}`;
  return pen.measureText(text).width;
}

/** The code of a language, as a quiet sign beside what is written in it. */
function code(language, x, y, { align = "left", shown = 1, colour = ACCENT, size = 30 } = {}) {
  words(language.toUpperCase(), x, y, { size, font: SANS, weight: 600, colour, align, shown });
}

function dot([x, y], radius, { colour = ACCENT, shown = 1, hollow = false } = {}) {
  pen.save();
  pen.globalAlpha = shown;
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.fillStyle = hollow ? PAPER : colour;
  pen.fill();
  pen.lineWidth = 4;
  pen.strokeStyle = colour;
  pen.stroke();
  pen.restore();
}

/** A place on the curve from one point to another; `bend` says how far it leaves the straight line. */
function along([x0, y0], [x1, y1], bend, part) {
  const [x2, y2] = [(x0 + x1) / 2 + (y1 - y0) * bend, (y0 + y1) / 2 - (x1 - x0) * bend];
  const rest = 1 - part;
  return [
    rest * rest * x0 + 2 * rest * part * x2 + part * part * x1,
    rest * rest * y0 + 2 * rest * part * y2 + part * part * y1,
  ];
}

function path(from, to, { bend = 0.18, begun = 0, part = 1, colour = ACCENT, width = 4, shown = 1 } = {}) {
  if (part <= begun) return;
  pen.save();
  pen.globalAlpha = shown;
  pen.beginPath();
  for (let step = 0; step <= 60; step += 1) {
    pen.lineTo(...along(from, to, bend, between(begun, part, step / 60)));
  }
  pen.lineWidth = width;
  pen.lineCap = "round";
  pen.strokeStyle = colour;
  pen.stroke();
  pen.restore();
}

/** Contour lines around a point, rounder near it; they grow out of it as `grown` goes from 0 to 1. */
function contours([x, y], seed, { grown = 1, shown = 1, count = 9, far = 620 } = {}) {
  pen.save();
  pen.strokeStyle = HAIRLINE;
  pen.lineWidth = 1.5;
  for (let line = 1; line <= count; line += 1) {
    const part = line / count;
    const visible = Math.min(Math.max(grown * (count + 2) - line, 0), 1);
    if (!visible) continue;
    pen.globalAlpha = shown * visible;
    const radius = far * part * (0.5 + 0.5 * part);
    pen.beginPath();
    for (let step = 0; step <= 180; step += 1) {
      const angle = (step / 180) * 2 * Math.PI;
      const reach =
        radius *
        (1 + 0.15 * (0.4 + part) * Math.cos(2 * (angle - seed)) + 0.1 * part * Math.cos(3 * (angle - 2.1 * seed)));
      pen.lineTo(x + reach * Math.cos(angle), y + reach * Math.sin(angle));
    }
    pen.closePath();
    pen.stroke();
  }
  pen.restore();
}

/** A ground for words that stand on lines. */
function ground(x, y, width, height, shown = 1) {
  pen.save();
  pen.globalAlpha = shown;
  pen.fillStyle = PAPER;
  pen.filter = "blur(12px)";
  pen.fillRect(x, y, width, height);
  pen.restore();
}

/** A page of text: its lines are bars, but for the words that are found in it. */
function sheet(x, y, width, height, { language, found, title = [], read = 1, shown = 1, size = 30, signed = "below" }) {
  pen.save();
  pen.globalAlpha = shown;
  pen.fillStyle = FIELD;
  pen.fillRect(x, y, width, height);
  pen.strokeStyle = HAIRLINE;
  pen.lineWidth = 1.5;
  pen.strokeRect(x, y, width, height);
  pen.restore();
  const left = x + 30;
  const room = width - 60;
  code(language, left, signed === "above" ? y + 48 : y + height - 26, { shown, size: 26 });
  const lowest = y + height - (signed === "above" ? 20 : 76);
  let base = signed === "above" ? y + 120 : y + 50;
  for (const line of title) {
    words(line, left, base, { size: 36, weight: 600, shown });
    base += 44;
  }
  if (title.length) base += 14;
  const lengths = [0.94, 0.82, 0, 0.9, 0.97, 0.58, 0.88];
  const step = 42;
  const place = base + 2 * step;
  for (const [index, length] of lengths.entries()) {
    const line = base + index * step;
    if (length && line < lowest) {
      pen.save();
      pen.globalAlpha = shown;
      pen.fillStyle = HAIRLINE;
      pen.fillRect(left, line - 10, room * length, 5);
      pen.restore();
    }
  }
  const text = wide(found, size);
  const marked = during(read, 0.45, 0.75);
  pen.save();
  pen.globalAlpha = shown;
  pen.fillStyle = MARKER;
  pen.fillRect(left - 6, place - 30, (text + 12) * marked, 42);
  pen.restore();
  words(found, left, place, { size, shown });
  if (read > 0 && read < 1) {
    const line = between(y, y + height, read);
    pen.save();
    pen.globalAlpha = shown * Math.sin(Math.PI * read);
    pen.fillStyle = ACCENT;
    pen.fillRect(x, line, width, 2.5);
    pen.restore();
  }
  return [left + text / 2, place - 34];
}

// Scenes ---------------------------------------------------------------------------------------------------------------

const SCENES = {
  apart(time, length) {
    const [here, there] = [[330, 390], [950, 230]];
    const shown = staying(time, length);
    contours(here, 0.6, { grown: during(time, 0, 4), shown });
    contours(there, 2.2, { grown: during(time, 2.6, 6.6), shown });
    dot(here, 13, { shown: shown * coming(time, 0.2) });
    dot(there, 13, { shown: shown * coming(time, 3.8), hollow: true });
    code("fr", here[0], here[1] + 70, { align: "center", shown: shown * coming(time, 0.6), size: 44 });
    code("en", there[0], there[1] + 70, { align: "center", shown: shown * coming(time, 4.2), size: 44 });
  },

  asked(time, length) {
    const { typed, language } = film.words;
    const [x, y, size] = [190, 330, 132];
    const shown = staying(time, length);
    pen.fillStyle = INK;
    pen.save();
    pen.globalAlpha = shown;
    pen.fillRect(x, y + 44, 900 * during(time, 0.1, 1), 2.5);
    pen.restore();
    code(language, x, y - 150, { shown: shown * coming(time, 0.3), size: 44 });
    const letters = Math.max(0, Math.min(typed.length, Math.floor((time - 1.2) / 0.19)));
    const text = typed.slice(0, letters);
    words(text, x, y, { size });
    const blinking = letters < typed.length || time % 1 < 0.55;
    if (blinking && time > 0.6 && shown === 1) {
      pen.fillStyle = ACCENT;
      pen.fillRect(x + wide(text, size) + 10, y - 100, 4, 124);
    }
  },

  meant(time, length) {
    const { typed, language, names, concept } = film.words;
    const moved = during(time, 0, 1.4);
    const shown = staying(time, length);
    const start = [150, 392];
    contours(MIDDLE, 1.1, { grown: during(time, 1.8, 4.6), shown });
    const drawn = during(time, 1.4, 3);
    path([start[0] + 60, start[1] - 56], MIDDLE, { bend: 0.2, part: drawn, shown });
    words(typed, between(190, 70, moved), between(330, 400, moved), { size: between(132, 52, moved), shown });
    code(language, 70, 446, { shown: shown * moved, size: 28 });
    dot(MIDDLE, 15, { shown: shown * coming(time, 2.6) });
    const named = coming(time, 3);
    const width = wide(names[language], 68);
    ground(MIDDLE[0] - width / 2 - 10, MIDDLE[1] - 122, width + 20, 80, shown * named);
    words(names[language], MIDDLE[0], MIDDLE[1] - 58, { size: 68, align: "center", shown: shown * named });
    const addressed = coming(time, 5.6);
    const address = `/id/concept/${concept}`;
    ground(MIDDLE[0] - 190, MIDDLE[1] + 54, 380, 44, shown * addressed);
    words(address, MIDDLE[0], MIDDLE[1] + 88, {
      size: 34, font: SANS, colour: QUIET, align: "center", shown: shown * addressed,
    });
  },

  named(time, length) {
    const remaining = staying(time, length);
    const size = 37;
    const rows = [];
    let row = [];
    const room = 1180;
    const gap = 44;
    const fits = (extra) => [...row, extra].reduce((sum, [, text]) => sum + wide(text, size) + gap, -gap) <= room;
    for (const entry of Object.entries(film.words.names)) {
      if (row.length && !fits(entry)) {
        rows.push(row);
        row = [];
      }
      row.push(entry);
    }
    rows.push(row);
    const step = Math.min(64, (LOWEST - 90) / (rows.length - 1));
    rows.forEach((entries, number) => {
      const sum = entries.reduce((total, [, text]) => total + wide(text, size) + gap, -gap);
      let x = (WIDTH - sum) / 2;
      const y = 92 + number * step;
      for (const [language, text] of entries) {
        const width = wide(text, size);
        const away = Math.hypot(x + width / 2 - MIDDLE[0], (y - MIDDLE[1]) * 1.6) / 640;
        const shown = coming(time, 0.4 + 4 * away) * remaining;
        const own = language === film.words.language;
        const asked = language === film.words.study_language;
        const met = during(time, 8, 9.4);
        pen.save();
        pen.direction = ["ar", "fa"].includes(language) ? "rtl" : "ltr";
        words(text, x + width / 2, y, { size, align: "center", shown, colour: own ? ACCENT : INK });
        pen.restore();
        if (own || asked) {
          pen.save();
          pen.globalAlpha = shown;
          pen.fillStyle = ACCENT;
          pen.fillRect(x, y + 12, width * (own ? during(time, 0.8, 1.6) : met), 3);
          pen.restore();
        }
        x += width + gap;
      }
    });
  },

  read(time, length) {
    const { found, concept } = film.words;
    const shown = coming(time, 0) * staying(time, length);
    const point = [640, 66];
    const top = 158;
    Object.entries(found).forEach(([language, text], index) => {
      const read = Math.min(Math.max((time - 1.2 - index * 1.2) / 3.2, 0), 1);
      const x = 70 + index * 390;
      const place = sheet(x, top, 360, LOWEST - top, { language, found: text, read, shown, size: 37 });
      const tied = during(time, 6 + index * 0.5, 7.6 + index * 0.5);
      const bend = (index - 1) * -0.12;
      path(place, [point[0], point[1] + 14], { bend, part: tied, shown, width: 3.5 });
    });
    const pointed = coming(time, 5.8);
    dot(point, 14, { shown: shown * pointed });
    words(`/id/concept/${concept}`, point[0] + 34, point[1] + 10, {
      size: 30, font: SANS, colour: QUIET, shown: shown * coming(time, 7.8),
    });
  },

  found(time, length) {
    const { typed, language, title, study_language, found } = film.words;
    const shown = coming(time, 0) * staying(time, length);
    const [start, middle, goal] = [[128, 392], [430, 250], [740, 330]];
    contours(middle, 1.1, { shown, grown: during(time, 0, 1.6), count: 7, far: 420 });
    const first = during(time, 1, 2.4);
    const second = during(time, 2.4, 4);
    path([start[0] + 30, start[1] - 60], middle, { bend: 0.2, part: first, shown });
    path(middle, goal, { bend: 0.16, part: second, shown });
    words(typed, 70, 400, { size: 64, shown });
    code(language, 70, 452, { shown });
    dot(middle, 15, { shown: shown * coming(time, 2.1) });
    sheet(goal[0], 70, 470, LOWEST - 70, {
      language: study_language, found: found[study_language], title,
      read: between(0, 1, during(time, 3.6, 5)), shown: shown * coming(time, 3.2), size: 37, signed: "above",
    });
    const [x, y] = goal;
    const ringed = coming(time, 8) * shown;
    pen.save();
    pen.globalAlpha = ringed;
    pen.strokeStyle = ACCENT;
    pen.lineWidth = 3;
    pen.beginPath();
    pen.arc(x + 48, 109, 28, -Math.PI / 2, -Math.PI / 2 + 2 * Math.PI * during(time, 8, 9.4));
    pen.stroke();
    pen.restore();
    dot([x, y], 11, { shown: shown * coming(time, 3.8), hollow: true });
  },

  together(time, length) {
    const [here, there] = [[330, 390], [950, 230]];
    const shown = coming(time, 0);
    contours(here, 0.6, { shown });
    contours(there, 2.2, { shown });
    path(here, there, { part: during(time, 0.6, 2.6), shown, width: 5 });
    dot(here, 13, { shown });
    dot(there, 13, { shown, hollow: true });
    const pairs = [["fr", "en"], ["nl", "de"], ["uk", "nl"], ["ar", "fr"]];
    pairs.forEach(([one, other], index) => {
      const from = index ? 1 + index * 1.4 : -1;
      const until = index === pairs.length - 1 ? length + 1 : 2.4 + index * 1.4;
      const seen = shown * during(time, from, from + 0.3) * (1 - during(time, until - 0.3, until));
      code(one, here[0], here[1] + 70, { align: "center", shown: seen, size: 44 });
      code(other, there[0], there[1] + 70, { align: "center", shown: seen, size: 44 });
    });
  },
};

// The film -------------------------------------------------------------------------------------------------------------

function draw(at) {
  pen.globalAlpha = 1;
  pen.fillStyle = PAPER;
  pen.fillRect(0, 0, film.width, film.height);
  let begins = 0;
  for (const { name, seconds } of film.scenes) {
    if (at < begins + seconds) {
      SCENES[name](at - begins, seconds);
      return;
    }
    begins += seconds;
  }
}

function based(bytes) {
  let text = "";
  for (let index = 0; index < bytes.length; index += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(index, index + 0x8000));
  }
  return btoa(text);
}

/** One picture as PNG, in base64. */
function still(at) {
  draw(at);
  return canvas.toDataURL("image/png").split(",")[1];
}

/** All pictures, encoded: `{pictures: [{at, whole, data}], colours}`, in microseconds. */
async function encode() {
  const pictures = [];
  let colours;
  let failure;
  const encoder = new VideoEncoder({
    output(chunk, { decoderConfig } = {}) {
      const bytes = new Uint8Array(chunk.byteLength);
      chunk.copyTo(bytes);
      colours ??= decoderConfig?.colorSpace;
      pictures.push({ at: chunk.timestamp, whole: chunk.type === "key", data: based(bytes) });
    },
    error(error) {
      failure = error;
    },
  });
  encoder.configure({
    codec: "vp09.00.31.08", width: film.width, height: film.height, framerate: film.rate,
    bitrateMode: "quantizer", latencyMode: "quality",
  });
  const starts = film.scenes.map((_scene, index) =>
    film.scenes.slice(0, index).reduce((sum, { seconds }) => sum + seconds, 0));
  const length = film.scenes.reduce((sum, { seconds }) => sum + seconds, 0);
  let since = Infinity;
  for (let number = 0; number < length * film.rate; number += 1) {
    draw(number / film.rate);
    const keyFrame = starts.some((at) => at * film.rate === number) || since >= LONGEST_STEP * film.rate;
    since = keyFrame ? 1 : since + 1;
    const frame = new VideoFrame(canvas, { timestamp: Math.round((number * 1e6) / film.rate) });
    encoder.encode(frame, { keyFrame, vp9: { quantizer: 58 } });
    frame.close();
    while (encoder.encodeQueueSize > 8) await new Promise((done) => setTimeout(done, 5));
  }
  await encoder.flush();
  if (failure) throw failure;
  const { matrix, transfer, primaries, fullRange } = colours;
  return { pictures, colours: { matrix, transfer, primaries, fullRange } };
}
