"""A plain Wagtail site for comparison, written as Wagtail's and Django's documentation teach."""
