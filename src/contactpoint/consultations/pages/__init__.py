"""The list of consultations, and the page of each."""
