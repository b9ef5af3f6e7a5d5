/*
 * Counts a post while it is written, as its network counts, and proposes what the chosen picture
 * shows. Without it the server does both when the form is sent. See social/counting.py.
 */
const LINK = /https?:\/\/[^\s<>"]*[^\s<>".,;:!?)]/g;
const LINK_LENGTH = 23;
const LIGHT = [[0, 4351], [8192, 8205], [8208, 8223], [8242, 8247]];
const EMOJI = /^(\p{Regional_Indicator}|\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f|.\ufe0f?\u20e3|[\u{1f000}-\u{1faff}])/u;
const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

const graphemes = (text) => [...segmenter.segment(text)].map(({ segment }) => segment);
const isLight = (letter) => LIGHT.some(([first, last]) => letter.codePointAt(0) >= first && letter.codePointAt(0) <= last);
const weight = (one) => (EMOJI.test(one) ? 2 : [...one].reduce((sum, letter) => sum + (isLight(letter) ? 1 : 2), 0));

function apart(text) {
  let links = 0;
  const rest = text.replace(LINK, () => ((links += 1), ""));
  return [rest, links * LINK_LENGTH];
}

const COUNTS = {
  letters: (text) => graphemes(text).length,
  units: (text) => text.length,
  links(text) {
    const [rest, links] = apart(text);
    return graphemes(rest).length + links;
  },
  weights(text) {
    const [rest, links] = apart(text.normalize("NFC"));
    return graphemes(rest).reduce((sum, one) => sum + weight(one), links);
  },
};

for (const area of document.querySelectorAll("textarea[data-counts]")) {
  const shown = document.querySelector(`[data-count-of="${area.id}"]`);
  const show = () => {
    const count = COUNTS[area.dataset.counts](area.value.trim());
    shown.textContent = count;
    shown.classList.toggle("post-form__over", count > Number(area.dataset.most));
  };
  area.addEventListener("input", show);
  show();
}

for (const form of document.querySelectorAll(".post-form")) {
  const alt = form.querySelector('textarea[name$="-alt"]');
  const pictures = [...form.querySelectorAll("input[data-alt]")];
  form.addEventListener("change", ({ target }) => {
    if (!target.matches("input[data-alt]")) return;
    const isProposed = !alt.value.trim() || pictures.some((one) => one.dataset.alt === alt.value.trim());
    if (isProposed) alt.value = target.dataset.alt;
  });
}
