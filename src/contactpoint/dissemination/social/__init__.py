"""Posts in social networks that tell of an item: composed, approved, sent once, taken back.

counting     how networks count a text
limits       what each network takes
channels     the accounts that the operator gave
items        what may be told of an item, now
composing    the text that an editor begins with
pictures     the picture that goes with it
doubles      what stands in an account already
approving    an editor's verbs
sending      the worker's
networks     the protocols
also         links from the item's page to its posts
"""
