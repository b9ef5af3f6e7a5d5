"""Answers counted: shares, how sure they are, waves beside each other, and what of it is public.

A pure library: no web framework.

    sheets.py      responses as columns
    numbers.py     middle, quarters and classes of numbers and days
    tallies.py     what was counted, as it is shown
    intervals.py   how sure a share is, and a difference
    gates.py       which questions decide whether another is asked
    hiding.py      which cells of a table may not be shown
    keeping.py     a column without what it hides
    publishing.py  all tables of a round for the public
    comparing.py   the same question in two waves

`docs/developers/survey-tables.md` has the formulas and their sources.
"""
