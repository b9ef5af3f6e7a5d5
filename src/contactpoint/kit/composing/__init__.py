"""A document as a tree of words, and what it becomes on paper and in a mail; knows no domain.

    document.py   the tree: headings, paragraphs, lists, quotations, tables
    reading.py    the tree from an HTML text
    plain.py      the tree as plain text
    sheet.py      the tree of one page of figures
    word.py       a tree as a Word document
    press.py      a tree as a tagged PDF, set in a process of its own by Typst

A pure library: no Django, so that the process that sets it starts in a moment. Its HTML for mails
is made by `kit.letters`, which has templates.
"""
