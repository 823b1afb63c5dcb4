"""What official statistics say: survey rates and incomes, review results and flows, prices; and what is held out of every fit.

Tables lie in ``tables/``, described in ``tables.yaml``. Nothing here is a number of the model. ``table("reviews")`` reads one as a tidy
data frame, ``described()`` says what each is, ``check`` looks for faults; ``sim.record.series`` has the usual series,
``sim.record.figures`` reads further figures of a user.
"""

from sim.record.tables import check, described, table

__all__ = ["check", "described", "table"]
