"""The pages of respondents: no cookie, no script needed, a page for each section.

visiting.py    who comes with which link
limits.py      how much one place may try
filling.py     what was filled in on a page
walking_on.py  where one goes from here
contexts.py    what the pages show
views.py       start, sections, review, receipt
leaving.py     stopping for now: the link to come back, and the mail with it
masking.py     keeps links out of logs
inviting/      the admin's page: who is asked, mails, reminders
keeping.py     what is forgotten, and when
"""
