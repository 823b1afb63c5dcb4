"""What official statistics say: survey rates and incomes, review results and flows, prices; and what is held out of every fit.

Tables lie in ``tables/``, described in ``tables.yaml``. Nothing here is a number of the model.
"""
