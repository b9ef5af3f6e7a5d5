"""Servers that give the same pages in different ways, and what each request costs them."""
