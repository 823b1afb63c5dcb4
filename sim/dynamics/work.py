"""Work of a member: who is able, who finds a job with the commune's chance, who loses one, what a month pays.

Training raises a seeker's chance and pay; the number of vacancies is the commune's, so whoever is helped
displaces somebody else.
"""

from __future__ import annotations

import numpy as np

from sim.agents.members import Work
from sim.kit.compiling import rule
from sim.kit.maths import f4_exp

f4 = np.float32
i4 = np.int32

NOT_WORKING, OWN, CASUAL = i4(Work.NOT_WORKING), i4(Work.OWN), i4(Work.CASUAL)
CONTRACT, UNEMPLOYED, ABROAD = i4(Work.CONTRACT), i4(Work.UNEMPLOYED), i4(Work.ABROAD)

YOUNGEST_WORKER, OLDEST_WORKER = 16, 64


@rule
def is_able(age, disability, in_school):
    """Able to work: 16 to 64, not severely disabled, not at school."""
    return (age >= YOUNGEST_WORKER) & (age <= OLDEST_WORKER) & (disability == 0) & (in_school == 0)


@rule
def hire_chance(find, trained, fresh, p):
    """A seeker's chance this quarter: the commune's, raised by training, less so once the course is no longer fresh."""
    stale = p.training_search_advantage * p.stale_course_advantage
    lift = p.training_search_advantage if fresh == 1 else stale
    lifted = min(find * (f4(1.0) + lift), f4(1.0))
    return lifted if trained == 1 else find


@rule
def matched_chance(find, p):
    """A seeker's chance while the household is helped to find work; the number of vacancies stays what it is."""
    return min(find * (f4(1.0) + p.matching_search_advantage), f4(1.0))


@rule
def begin_chance(matched, p):
    """Chance that a member who does not look for wage work begins to, more often with help to find some."""
    helped = p.begin_search * p.matching_begins_search
    return helped if matched else p.begin_search


@rule
def contract_chance(schooling, trained, p):
    """Chance that a new job comes with a contract: by schooling, for the trained as with some years more of it."""
    years = f4(schooling) - f4(9.0) + (p.course_in_school_years if trained == 1 else f4(0.0))
    return min(max(p.contract_base + p.contract_per_school_year * years, f4(0.02)), f4(0.98))


@rule
def next_work(work, searching, hired, u, u_contract, contract, begin, p):
    """Work of an able member after this quarter's chances.

    ``hired`` says whether a seeker met a vacancy; ``u`` decides losses, giving up and, against ``begin``, starting to look;
    ``u_contract`` against ``contract`` decides the kind of job.
    """
    gives_up, loses, formal = u < p.discouraged, u < p.lose_casual_job, u > f4(1.0) - p.formalise
    out_of_contract, stops, stops_own = u < p.lose_contract_job, u > f4(1.0) - p.stop_working, u < p.stop_working
    job = CONTRACT if u_contract < contract else CASUAL
    seeker = job if hired else (OWN if gives_up else (NOT_WORKING if stops else UNEMPLOYED))
    own = job if hired & (searching == 1) else (NOT_WORKING if stops_own else OWN)
    casual = UNEMPLOYED if loses else (CONTRACT if formal else CASUAL)
    after = seeker if work == UNEMPLOYED else work
    after = (UNEMPLOYED if u < begin else NOT_WORKING) if work == NOT_WORKING else after
    after = own if work == OWN else after
    after = casual if work == CASUAL else after
    return (UNEMPLOYED if out_of_contract else CONTRACT) if work == CONTRACT else after


@rule
def next_search(work, searching, age, u, begin, p):
    """Whether an own-account worker looks for wage work: the young start to, some give up."""
    gives_up = u > f4(1.0) - p.give_up_search
    later = begin * p.search_from_45
    begins = u < (begin if age < 45 else later)
    looks = (0 if gives_up else 1) if searching == 1 else (1 if begins else 0)
    return 1 if work == UNEMPLOYED else (looks if work == OWN else 0)


@rule
def ends_abroad(quarters_abroad, p):
    """Whether the contract abroad has run its time."""
    return f4(quarters_abroad) >= p.quarters_abroad


@rule
def is_back(quarters_abroad, u, p):
    """A worker abroad comes home at the end of the contract, or early."""
    return ends_abroad(quarters_abroad, p) | (u < p.early_return)


@rule
def monthly_wage(work, schooling, trained, ill, p):
    """Market pay of a month in wage work, before the household's own earning factor, thousand dong at prices of the start."""
    pay = p.casual_wage * f4_exp(p.schooling_return * (f4(schooling) - f4(9.0)))
    with_course = pay * (f4(1.0) + p.training_wage_premium)
    pay = with_course if trained == 1 else pay
    with_contract = pay * p.contract_premium
    pay = with_contract if work == CONTRACT else pay
    when_ill = pay * p.work_when_ill
    pay = when_ill if ill == 1 else pay
    return pay if (work == CASUAL) | (work == CONTRACT) else f4(0.0)


@rule
def own_labour(work, age, able, disability, ill, p):
    """Units of labour a member at home gives to the household's own production; one for a full worker in own work."""
    units = p.labour_of_casual if work == CASUAL else p.labour_of_contract
    units = p.labour_of_unemployed if work == UNEMPLOYED else units
    units = p.labour_of_idle if work == NOT_WORKING else units
    units = f4(1.0) if work == OWN else units
    old = p.labour_of_elderly if (age > OLDEST_WORKER) & (age < 75) & (disability == 0) else f4(0.0)
    units = units if able else old
    return units * p.work_when_ill if ill == 1 else units
