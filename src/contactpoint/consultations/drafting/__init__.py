"""Where editors draft ad-hoc queries, and see beside it what was asked before."""
