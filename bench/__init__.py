"""Measures: how fast the house is, beside others and at scale. Nothing here is installed."""
