"""Proposals from readers: received without a cookie, moderated, with a status that they can see."""
