"""Asking and comparing: surveys in waves, ad-hoc queries and studies, by one engine.

questions/     what is asked: instruments, their logic and their checks; knows no Django
tables/        what was answered: counts, shares, what has to be hidden; knows no Django
models/        what is stored
forms/         how a question stands in a form, and is read back
reaching.py    who may see which answer: the only way to what a state said
actions/       what people do: open, answer, send, close, publish
desk/          where editors write, open, close and publish them
pages/         the list of consultations, and the page of each
surveys/       the pages of respondents
results/       what a survey found: pages and files
room/          where the states of the network answer
compilations/  the states' answers side by side: pages and files
"""
