"""What all tests share."""

from __future__ import annotations

from hypothesis import settings

# The first example may load compiled functions, and a busy machine may pause: how long one takes says nothing.
settings.register_profile("thoatngheo", deadline=None)
settings.load_profile("thoatngheo")
