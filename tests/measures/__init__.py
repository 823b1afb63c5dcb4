"""Measures against slow, plain implementations and closed forms."""
