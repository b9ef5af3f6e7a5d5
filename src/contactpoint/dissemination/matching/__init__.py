"""Whom a happening concerns: rules, what happens to things, and each happening held once against
all that anybody follows."""
