"""Law: dated, sourced numbers that several rules share, and uncertain numbers with their priors."""
