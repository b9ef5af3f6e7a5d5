"""What is counted while an editor types is what is counted when it is saved, to the letter."""

import json
from pathlib import Path

from playwright.sync_api import Browser

from contactpoint import guidance
from contactpoint.guidance.panels import RULES
from contactpoint.guidance.texts.measuring import measured
from contactpoint.guidance.texts.reading import read_blocks

HERE = Path(guidance.__file__).parent
MADE = [
    ("en", "--- a\nOne. Two (“three”) four!\n\nFive: six\nseven **eight**.\n\n--- h heading\nNo\n"),
    ("en", "--- s steps\n(bag) Take it.\n(bed) (bag) Two\n--- w word for=minor\nof: a b\nc. D\n"),
    ("en", "--- l list role=do\n x-ray isn't O’Neil 12.5 3 000\n\n y\n--- p place=a"),
    ("en", "--- e\n𝒳𝒳𝒳𝒳𝒳𝒳𝒳 a"),
    ("fa", "--- a\nمی‌خواهم بروم؟ بله. كَتَبَ!\n"), ("ti", "--- a\nሓደ ክልተ። ሰለስተ፧ ኣርባዕተ።\n"),
    ("de", "--- a\n" + "wort " * 21 + "\n--- b\nEin Straßenbahnfahrer.\n"),
]  # fmt: skip


def test_the_browser_counts_as_the_server_does(browser: Browser) -> None:
    texts = [*MADE]
    for path in sorted((HERE / "demo").glob("*/*.txt")):
        text = path.read_text(encoding="utf-8")
        texts.append((path.parent.name, text[text.index("---") :]))
    page = browser.new_page()
    page.add_script_tag(path=HERE / "static/guidance/plain.js")
    told = page.evaluate(
        """([texts, rules]) => texts.map(([language, text]) =>
            customElements.get("guidance-plain").measured(text, language, rules))""",
        [texts, json.loads(json.dumps(RULES))],
    )
    page.close()
    assert len(told) > 200
    for (language, text), found in zip(texts, told, strict=True):
        mine = measured(read_blocks(text, "text"), language)
        assert (found["words"], found["sentences"], found["long"], found["lix"]) == (
            mine.words, mine.sentences, mine.long_words, mine.lix,
        ), text  # fmt: skip
        assert found["isPlain"] == mine.is_plain
        assert [(one["block"], one["words"], one["text"]) for one in found["tooLong"]] == [
            (one.block, one.words, one.text) for one in mine.too_long
        ]
