"""What is asked about, by the concepts of the glossary, and what was asked about it before.

reading.py      the concepts of a query's words, in whatever language
before.py       earlier queries and studies on the same, ranked, and why
replies.py      what states answered to them, as a circle may know it
"""
