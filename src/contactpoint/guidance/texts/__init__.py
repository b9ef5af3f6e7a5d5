"""Texts as rows of blocks: what a block is, how a file of blocks is read and written."""
