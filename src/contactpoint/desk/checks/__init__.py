"""The checklist before publishing, one module for each part of a page that is looked at."""
