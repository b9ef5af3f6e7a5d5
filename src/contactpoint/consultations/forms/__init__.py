"""How a question stands in a form, and how what was filled in is read back; for all who answer.

fields.py      one question as HTML, and back
reading.py     what was sent, as the value of its kind
wording.py     an answer in words
presenting.py  what the templates need
countries.py   the names of countries, in order
concepts.py    a concept of the glossary for what was typed
files.py       whether a file that was sent may be kept
"""
