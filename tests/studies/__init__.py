"""Runs, their results on disk, and the judging of targets."""
