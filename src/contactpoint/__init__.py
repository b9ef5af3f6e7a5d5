"""Contactpoint: a multilingual knowledge portal for a national contact point."""

import os

# openpyxl reads by lxml where it finds it, which is here for Word documents alone. Without it, it
# reads by defusedxml, which refuses entities. It looks once, when it is imported.
os.environ.setdefault("OPENPYXL_LXML", "False")
