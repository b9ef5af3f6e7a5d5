"""How each language version of a page stands to its original, and the desk where they are made."""
