"""A lever whose YAML is broken."""
