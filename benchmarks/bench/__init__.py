"""Benchmarks against other frameworks: each peer in an environment of its own, all by one command (see ../peers.py)."""
