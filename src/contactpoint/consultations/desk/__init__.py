"""Consultations in the admin: what is asked, who is asked, and when.

rights.py     who may
wording.py    findings, differences and obstacles in words
blocks.py     the form in which questions are written, by blocks of Wagtail
converting.py an instrument as the value of that form, and back
forms.py      the other forms
viewsets.py   lists and forms of instruments, rounds and seats
instrument_views.py  an instrument: versions, writing, files
uploading.py  an XLSForm is looked at, then kept
round_views.py  a round: its checks, and the buttons that open, close and publish it
presenting.py sections and questions as templates take them
showing.py    preview and print sheet
test_runs.py  an editor answers, before anybody else can
"""
