"""The verification cases: each takes the model to a place where the right answer is known beforehand."""
