"""Figures that stay alive in texts: what editors refer to, and what readers get for it.

    tokens.py      references inside running text, such as `[[pending BE 2018-Q4 change]]`
    choices.py     what editors choose from: indicators, places, kinds of period
    blocks.py      a figure in a sentence, a picture of figures, a table of figures
    telling.py     what references say in a language, with links and sources
    spans.py       figures of several places over time, as a table and as a picture
    bodies.py      all references of a text, answered at once

Knows no page: models of pages stand above it.
"""
