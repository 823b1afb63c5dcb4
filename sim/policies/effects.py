"""What a lever may bring to a household or a commune: small sentences that only delivery carries out.

Values are one number for all, or an array with one element for each household served; ``where`` (a mask over the
households served) limits an effect to some of them. A lever never sets income or standing: it moves a state
that the dynamics turn into income.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

Values = Any  # a number or an array of one element a household served
Where = np.ndarray | None


@dataclass(frozen=True)
class SetAtLeast:
    """Raise a column to a value where it is below."""

    column: str
    value: Values
    where: Where = None


@dataclass(frozen=True)
class SetTo:
    """Set a column to a value."""

    column: str
    value: Values
    where: Where = None


@dataclass(frozen=True)
class Add:
    """Add to a column, within what the column can hold and not below zero."""

    column: str
    value: Values
    where: Where = None


@dataclass(frozen=True)
class GiveAnimals:
    """Hand over young breeding animals that mature after so many quarters."""

    heads: Values
    quarters_to_calving: Values
    where: Where = None


@dataclass(frozen=True)
class Coach:
    """Visits that teach how to keep the animals, for so many quarters from now."""

    quarters: Values
    where: Where = None


@dataclass(frozen=True)
class TrainMember:
    """A course for one member: the youngest adult at home who is able and untrained.

    ``completed`` and ``certified`` are masks over the households served; a completed course makes the member
    trained and looking for wage work.
    """

    completed: np.ndarray
    certified: np.ndarray
    where: Where = None


@dataclass(frozen=True)
class InsureMembers:
    """A health-insurance card for every member at home."""

    where: Where = None


@dataclass(frozen=True)
class Lend:
    """A loan of the policy bank: ``amount`` in thousand dong, ``rate`` a year, ``quarters`` to run.

    ``at_work`` tells whether the money goes into production (``venture``) or is spent, as on a house.
    """

    amount: Values
    rate: Values
    quarters: Values
    at_work: bool = True
    where: Where = None


@dataclass(frozen=True)
class SendAbroad:
    """Contract work abroad for one member: the youngest fit adult of 18 to 40 at home (``people.traveller``).

    ``departs`` is a mask over the households served; ``remittance`` what the member then sends in a quarter, thousand
    dong at prices of the start.
    """

    departs: np.ndarray
    remittance: Values
    where: Where = None


@dataclass(frozen=True)
class AddToCommune:
    """Add to a column of communes, not below zero; values are one for all, one for each commune served, or for a column with
    slots an array (slots, communes served)."""

    column: str
    value: Values
    where: Where = None


@dataclass(frozen=True)
class SetCommuneAtLeast:
    """Raise a column of communes to a value where it is below."""

    column: str
    value: Values
    where: Where = None


Effect = SetAtLeast | SetTo | Add | GiveAnimals | Coach | TrainMember | InsureMembers | Lend | SendAbroad
CommuneEffect = AddToCommune | SetCommuneAtLeast
