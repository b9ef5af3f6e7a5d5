"""What is given to the voice, in each language that has one."""

import pytest

from contactpoint.config.environment import COMPUTER_VOICES
from contactpoint.guidance.heard.reading_out import read_out
from contactpoint.guidance.heard.voices import VOICES

CASES = {
    "en": [
        ("Call 112 or +32 2 123 45 67.", "Call 1 1 2 or plus 3 2, 2, 1 2 3, 4 5, 6 7."),
        ("Come on 26 November 2026 at 9:30.", "Come on 26th of November 2026 at 9 30."),
        ("From 26/11/2026, 09:05–17:00.", "From 26th of November 2026, 9 oh 5 to 17 o'clock."),
        ("On 1 May, e.g. 1,000 people.", "On 1st of May, for example 1000 people."),
        ("10–15 days, 2.5 km, 50%, €20.", "10 to 15 days, 2.5 km, 50 percent, 20 euros."),
    ],
    "fr": [
        ("Appelez le 112 ou le 0800 12 345.", "Appelez le 1 1 2 ou le 0 8 0 0, 1 2, 3 4 5."),
        ("Le 01/05/2026 à 14h30.", "Le premier mai 2026 à 14 heures 30."),
        ("Le 26 novembre 2026 à 9:00.", "Le 26 novembre 2026 à 9 heures."),
        (
            "p. ex. 1 000 € dans l'UE, 50 %",
            "par exemple 1000 euros dans l'Union européenne, 50 pour cent",
        ),
    ],
    "nl": [
        ("Bel 112, op 26.11.2026 om 14.30 uur.", "Bel 1 1 2, op 26 november 2026 om 14 uur 30."),
        ("Bijv. 1.000 € of 0800 12 345", "Bijvoorbeeld 1000 euro of 0 8 0 0, 1 2, 3 4 5"),
        ("bijv. 5–10 dagen, enz.", "bijvoorbeeld 5 tot 10 dagen, enzovoort"),
    ],
    "de": [
        ("Am 26.11.2026 um 14:30 Uhr.", "Am sechsundzwanzigsten November 2026 um 14 Uhr 30."),
        ("Bis zum 1. Mai, z.B. 9 Uhr.", "Bis zum ersten Mai, zum Beispiel 9 Uhr."),
        ("Tel. 116 000, ca. 1.000 €", "Telefon 1 1 6, 0 0 0, circa 1000 Euro"),
        ("Rufen Sie 112 an.", "Rufen Sie 1 1 2 an."),
    ],
    "es": [
        ("Llame al 112 el 1 de enero de 2026.", "Llame al 1 1 2 el primero de enero de 2026."),
        (
            "p. ej. 26/11/2026, 14:30 h",
            "por ejemplo 26 de noviembre de 2026, 14 horas y 30 minutos",
        ),
        (
            "+34 600 100 200, 1.000 €, 50 %",
            "más 3 4, 6 0 0, 1 0 0, 2 0 0, 1000 euros, 50 por ciento",
        ),
    ],
    "ru": [
        ("Звоните 112.", "Звоните 1 1 2."),
        (
            "26 ноября 2026 г. в 14:30, 21:01",
            "двадцать шестого ноября две тысячи двадцать шестого года в 14 часов 30 минут, "
            "21 час одна минута",
        ),
        ("01.02.2026", "первого февраля две тысячи двадцать шестого года"),
        ("и т. д., 50 %, 20 €, ЕС", "и так далее, 50 процентов, 20 евро, Евросоюз"),
        ("21 %, 3%, 2,5 %", "21 процент, 3 процента, 2,5 процента"),
        ("09:00–17:22", "9 часов до 17 часов двадцать две минуты"),
    ],
    "uk": [
        (
            "Телефонуйте 112 до 3 травня 2026 р.",
            "Телефонуйте 1 1 2 до третього травня дві тисячі двадцять шостого року",
        ),
        ("22:02, № 5, 50 %", "двадцять друга година дві хвилини, номер 5, 50 відсотків"),
        ("О 9:30. До 17:00", "О дев'ятій годині 30 хвилин. До сімнадцятої години"),
        ("з 09:00–23:12", "з дев'ятої години до двадцять третьої години 12 хвилин"),
        ("на 3:41", "на третю годину сорок одна хвилина"),
        ("01.02.2026", "першого лютого дві тисячі двадцять шостого року"),
        ("21 %, 3%, 2,5 %", "21 відсоток, 3 відсотки, 2,5 відсотка"),
        ("+380 44 123 45 67", "плюс 3 8 0, 4 4, 1 2 3, 4 5, 6 7"),
        ("напр. 1 000 €, ЄС", "наприклад 1000 євро, Євросоюз"),
    ],
    "tr": [
        ("112'yi arayın, saat 14:30'da.", "1 1 2'yi arayın, saat 14 30'da."),
        ("26.11.2026, %50, 1.000 €", "26 Kasım 2026, yüzde 50, 1000 avro"),
        ("örn. 5–10 gün", "örneğin 5 ile 10 gün"),
        ("1 Mayıs 2026, 09:00–17:00", "1 Mayıs 2026, saat 9 ile saat 17"),
        ("+90 312 123 45 67", "artı 9 0, 3 1 2, 1 2 3, 4 5, 6 7"),
    ],
    "sq": [
        ("Telefononi 112, p.sh. në orën 9:00.", "Telefononi 1 1 2, për shembull në ora 9."),
        ("26.11.2026, 50%", "26 nëntor 2026, 50 për qind"),
        ("09:00–17:30", "ora 9 deri në ora 17 e 30 minuta"),
        (
            "tel. +355 4 123 456, 1.000 €, BE",
            "telefon plus 3 5 5, 4, 1 2 3, 4 5 6, 1000 euro, Bashkimi Evropian",
        ),
    ],
    "ar": [
        ("اتصل بالرقم ١١٢ الساعة ٩:٣٠", "اتصل بالرقم 1 1 2 الساعة التاسعة و 30 دقيقة"),
        ("من 10:00–17:00، 20 €", "من الساعة العاشرة إلى الساعة السابعة عشرة، 20 يورو"),
        ("د. أحمد، إلخ", "دكتور أحمد، إلى آخره"),
        ("٢٦/١١/٢٠٢٦، ٥٠٪", "26 نوفمبر 2026، 50 بالمئة"),
        ("كتـــاب \u2068+32 2 123 45 67\u2069", "كتاب زائد 3 2, 2, 1 2 3, 4 5, 6 7"),
    ],
    "fa": [
        ("با ۱۱۲ تماس بگیرید، ساعت ۹:۳۰", "با 1 1 2 تماس بگیرید، ساعت 9 و 30 دقیقه"),
        ("۲۶/۱۱/۲۰۲۶، ۵۰٪، ۱۰–۱۵ روز", "26 نوامبر 2026، 50 درصد، 10 تا 15 روز"),
        ("می\u200cتوانید", "می\u200cتوانید"),
        ("+98 21 123 4567، 20 €", "به‌علاوه 9 8, 2 1, 1 2 3, 4 5 6 7، 20 یورو"),
    ],
}


def test_each_language_with_a_voice_is_here() -> None:
    assert sorted(CASES) == sorted(VOICES) == sorted(COMPUTER_VOICES)
    assert not {"ps", "ti", "so"} & set(VOICES)


@pytest.mark.parametrize(
    ("language", "written", "given"),
    [(language, *case) for language, cases in CASES.items() for case in cases],
)
def test_the_voice_is_given_what_it_says_right(language: str, written: str, given: str) -> None:
    assert read_out(written, language) == given


@pytest.mark.parametrize("language", sorted(CASES))
def test_plain_words_and_numbers_stay_as_they_are(language: str) -> None:
    for plain in ("18", "6 – x", "2026", "31.12", "1.5", "99/99/2026"):
        assert read_out(plain, language) == plain


def test_nothing_is_taken_for_sounds() -> None:
    """What stands between two brackets would be read as letters of a phonetic alphabet."""
    assert read_out("[[h@l'oU]] [\u200b[x", "en") == "h@l'oU x"
