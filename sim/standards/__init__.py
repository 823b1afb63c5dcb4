"""Poverty standards and the yearly review: who is poor by law, in truth and on the lists."""
