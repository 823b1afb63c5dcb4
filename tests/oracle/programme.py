"""A mix of levers at work: envelopes to pots, offers to queues, contracts to deliveries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sim.kit.calendar import Quarter
from sim.policies.ledger import UNALLOCATED
from sim.policies.lever import Outcome
from sim.policies.luck import Use
from sim.scenario.shape import Scenario
from tests.oracle.commune import Commune
from tests.oracle.disbursement import Disbursement, goes_over
from tests.oracle.household import Household
from tests.oracle.lever import SlowLever, means
from tests.oracle.money import DONG, Layer, Ledger, Pot, Purse, cut, layers_at, split
from tests.oracle.queueing import in_order


@dataclass
class Contract:
    """A promise to a household: thousand dong, the number of the quarter in which it comes (see Disbursement.due), and the dong
    that each layer of money pays."""

    public: int
    due: int
    parts: dict[Layer, int]


class SlowProgramme:
    """The books of one mix in all communes."""

    def __init__(self, scenario: Scenario, mix: str, levers: Sequence[SlowLever], communes: Sequence[Commune]):
        self.levers, self.communes, self.place_names = levers, communes, [place.name for place in scenario.places]
        self.envelopes = [envelope for envelope in scenario.money if envelope.open_to(mix)] if levers else []
        self.disbursement = Disbursement(scenario.delivery == "as_planned")
        self.ledger = Ledger()
        self.purses = {commune: Purse(commune, self.ledger) for commune in communes}
        self.moves: dict[tuple[Commune, str, str], Counter] = defaultdict(Counter)  # not yet booked: commune, lever, entry

    # money

    def open_year(self, now: Quarter) -> None:
        """Last year's money is carried in, this year's envelopes are cut by lever and split over communes by listed households."""
        self._book(now)
        for purse in self.purses.values():
            purse.open(now)
        wishes = {lever.key: lever.allocation.amount_dong or 0 for lever in self.levers}
        for envelope in self.envelopes:
            if envelope.year == now.year:
                buyers = [lever for lever in self.levers if lever.buys_with(envelope.kind, envelope.source, envelope.year)]
                for key, amount in cut(envelope.amount_dong, buyers, wishes).items():
                    self._spread(now, envelope, key, amount)

    def _spread(self, now: Quarter, envelope: Any, key: str, amount: int) -> None:
        """A lever's part of an envelope becomes a pot in every commune."""
        for replication in {commune.replication for commune in self.communes}:
            communes = [commune for commune in self.communes if commune.replication == replication]
            weights = [sum(h.listed for h in commune.households) for commune in communes]
            if envelope.place is not None:
                weights = [int(self.place_names[commune.place] == envelope.place) for commune in communes]
            over = key == UNALLOCATED or goes_over(envelope.kind, envelope.source, envelope.year)
            for commune, dong in zip(communes, split(amount, weights), strict=True):
                self.purses[commune].appropriate(now, Pot(envelope.source, envelope.kind, envelope.year, key, over, free=dong))

    def close_year(self, now: Quarter) -> None:
        """Contracts whose last day has passed end; what is free goes back, what is promised goes over."""
        for commune in self.communes:
            for h in commune.households:
                for lever in self.levers:
                    if lever.key in h.contracts and h.contracts[lever.key].due == -now.number:
                        h.outcomes[lever.key] = int(Outcome.LAPSED)
                        self._end(now, h, lever.key)
        self._book(now)
        more = max((envelope.year for envelope in self.envelopes), default=0) > now.year
        for purse in self.purses.values():
            purse.close(now, may_choose_again=more)

    def release(self, now: Quarter, h: Household) -> None:
        """A household ceases to be: its contracts end, its loan is written off."""
        for lever in self.levers:
            if lever.key in h.contracts:
                self._end(now, h, lever.key)
        self._post_bank(now, h, "written_off", h.loan)

    def bank_flows(self, now: Quarter) -> None:
        """What households paid the bank this quarter."""
        for commune in self.communes:
            for h in commune.households:
                self._post_bank(now, h, "repaid", h.repaid)
                self._post_bank(now, h, "interest", h.interest_paid)

    def _book(self, now: Quarter) -> None:
        """What a commune contracted, paid or released at one moment moves between its pots at once."""
        for (commune, key, entry), parts in self.moves.items():
            self.purses[commune].move(now, key, parts, entry)
        self.moves.clear()

    def _end(self, now: Quarter, h: Household, key: str) -> None:
        self.moves[h.commune, key, "released"] += Counter(h.contracts.pop(key).parts)

    def _post_bank(self, now: Quarter, h: Household, entry: str, amount: int) -> None:
        self.ledger.post(h.commune, now, "bank", "credit", "preferential_credit", entry, amount * DONG)

    # offers

    def choose(self, now: Quarter) -> None:
        """Every lever is offered to every household; commune by commune a strict queue meets money and places."""
        for lever in self.levers:
            for commune in self.communes:
                line = [h for h in commune.households if self._stands_in_line(lever, h, now)]
                self._serve(lever, commune, in_order(lever, line, now), now)
        self._book(now)

    def _stands_in_line(self, lever: SlowLever, h: Household, now: Quarter) -> bool:
        """Whether the household may have the support, wants it and can pay its part; else its outcome says why not."""
        failed = [number for number, fulfilled in enumerate(lever.conditions(h, now)) if not fulfilled]
        last = h.received.get(lever.key)
        if failed:
            outcome = Outcome.CONDITION + failed[0]
        elif lever.key in h.contracts:
            outcome = Outcome.UNDER_CONTRACT
        elif last is not None and now.year - Quarter.from_number(last).year < lever.file.no_repeat_years:
            outcome = Outcome.SUPPORTED_BEFORE
        elif not lever.is_wanted(h, now):
            outcome = Outcome.DECLINED
        elif lever.must_pay_share and lever.own_part(h, lever.price(h, now), now) > means(h):
            outcome = Outcome.CANNOT_PAY_SHARE
        else:
            return True
        h.outcomes[lever.key] = int(outcome)
        return False

    def _serve(self, lever: SlowLever, commune: Commune, line: list[Household], now: Quarter) -> None:
        """The line is served until the next household's price no longer fits, or all places are taken: nobody behind it is.

        Those behind are told what cut the line: places, if money would have gone further than they do, else money.
        """
        purse, places, spent, served, affordable = self.purses[commune], lever.places(commune, now), 0, 0, 0
        free = purse.free(lever.key)
        for h in line:
            price = lever.price(h, now)
            spent += price * DONG
            if spent > sum(free.values()):
                break
            affordable += 1
            if places is None or served < places:
                served += 1
                self._contract(lever, h, price, layers_at(spent, price * DONG, free), now)
        reason = Outcome.NO_CAPACITY if places is not None and places < affordable else Outcome.NO_MONEY
        for number, h in enumerate(line):
            h.outcomes[lever.key] = int(Outcome.SERVED if number < served else reason)

    def _contract(self, lever: SlowLever, h: Household, price: int, parts: dict[Layer, int], now: Quarter) -> None:
        """The calendar is that of the last money that pays."""
        self.moves[h.commune, lever.key, "contracted"] += Counter(parts)
        place = lever.u(h.luck, Use.LATENESS, now.number)
        _, kind, over = list(parts)[-1]
        due = self.disbursement.due(h.commune, now, kind, lever.file.first_quarter_after, place, over)
        h.contracts[lever.key] = Contract(price, due, parts)

    # deliveries

    def arrive(self, now: Quarter) -> None:
        """What is due comes: the household pays its part (at most what it can find, where it need not), then the public part."""
        for commune in self.communes:
            for h in commune.households:
                for lever in self.levers:
                    contract = h.contracts.get(lever.key)
                    if contract and 0 < contract.due <= now.number:
                        self._deliver(lever, h, contract.public, now)
        self._book(now)

    def _deliver(self, lever: SlowLever, h: Household, public: int, now: Quarter) -> None:
        own = lever.own_part(h, public, now)
        own = own if lever.must_pay_share else min(own, means(h))
        owed = h.loan
        lever.deliver(h, public, now)
        self._post_bank(now, h, "lent", h.loan - owed)
        cash = min(max(h.savings, 0), own)
        h.savings -= cash
        h.informal_debt += own - cash
        self.moves[h.commune, lever.key, "paid"] += Counter(h.contracts[lever.key].parts)
        self.ledger.post(h.commune, now, "people", "contribution", lever.key, "contributed", own * DONG)
        h.received[lever.key] = now.number
        del h.contracts[lever.key]
