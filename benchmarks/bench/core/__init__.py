"""The core step told once in every framework: what it is stands in ``task.py``, a peer in a file of its own.

A peer is a class with ``step()`` (one quarter) and ``final()`` (what :func:`task.summary` asks for).
"""
