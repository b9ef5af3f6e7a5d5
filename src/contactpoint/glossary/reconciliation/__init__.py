"""The reconciliation service: the cells of somebody's table to concepts (W3C community API 0.2)."""
