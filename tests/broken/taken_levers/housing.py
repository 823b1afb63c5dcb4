"""A lever of a name that is taken."""
