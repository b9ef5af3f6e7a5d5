"""The search engines: one interface, chosen by one setting.

`engine()` gives the one of this process. The embedded one needs nothing but a folder; OpenSearch
serves a network that outgrows a machine.
"""
