"""Studies: national reports, their synthesis, and the study as readers find it.

chapters.py        the synthesis, beside what states answered
bodies.py          what was answered as blocks of a page
template_files.py  the common template as a Word file
parts.py           how a part is known again, and what was done with it
family.py          the study with all its parts, written or written anew in one step
remembering.py     which answer stands in which block of a page
holding_back.py    what may not be told any more leaves what was published of it
"""
