"""Guidance that is heard: recordings and computer voices, tied to the words that they say."""
