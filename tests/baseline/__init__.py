"""A run written down, so that results cannot change unnoticed."""
