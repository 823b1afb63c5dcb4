"""Indicators of deprivation, one a file; the file name is the key that standards use."""
