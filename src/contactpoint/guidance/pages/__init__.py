"""The pages that applicants read."""
