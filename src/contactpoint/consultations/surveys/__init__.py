"""The pages of respondents: no cookie, no script needed, a page for each section.

visiting.py    who comes with which link
limits.py      how much one place may try
private.py     what all pages keep to
filling.py     what was filled in on a page
walking_on.py  where a section lies, and where one goes on
going.py       where a request leads
contexts.py    what the pages show
views/         start, sections, review and receipt, leaving
mailing.py     the link to come back, by mail
masking.py     keeps links out of logs
inviting.py    the admin's page: who is asked, mails, reminders
letters.py     those mails, each once
keeping.py     what is forgotten, and when
"""
