"""The oracle: the same model told a second time, slowly, as a plain Mesa model.

One Mesa agent a household, one plain object a member, one agent a commune; each household lives its whole quarter
before the next one begins, in an order shuffled anew every quarter. Money is kept as contracts that households hold
and pots that communes hold. It shares with the program the scalar rules of ``sim.dynamics``, the keyed draws and
exact maths of ``sim.kit``, and the data of law, standards and levers. It shares no stage, no table and no
vectorised step: orders, sums, queues, lists, families and books are written here again from what they mean.

Its histories and the engine's must be equal: every field of every household and member, every quarter, every dong.
"""
