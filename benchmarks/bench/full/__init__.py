"""The full model told by peers: a Mesa model of all its rules, and its quarter in whole-array NumPy."""
