"""What draws are for: an append-only list, since a number changed here changes every simulated history."""

from __future__ import annotations

from enum import IntEnum


class Purpose(IntEnum):
    """Purposes of keyed draws. Blocks: dynamics 1-99, population 100-199, review 200-249, policies 250-399,
    delivery 400-449, yearly family events 450-499, world and communes 500-599. Members use 1000 + 16 * purpose + slot."""

    # dynamics, every quarter
    EARNING = 1
    HOUSEHOLD_EVENTS = 2
    LIVING = 3
    FIXED_VENTURE = 4
    MEMBER = 5
    # population, once at the start (members: 1000 + 16 * purpose + slot)
    FAMILY_MAKEUP = 100
    STANDING_IN_LIFE = 101
    WEALTH_START = 102
    HERD_START = 103
    SERVICES_START = 104
    SERVICES_MORE = 105
    IDENTITY_START = 106
    PAST = 107
    CARD_OF_LISTED = 113
    MEMBER_START = 110
    MEMBER_WORK_START = 111
    MEMBER_CONDITION = 112
    COMMUNE_EFFECT = 120
    PLACE_MEAN = 121
    STAFF_START = 122
    COMMUNE_SIZE = 124
    ENROLMENT = 123
    # review, every year
    REVIEW_STEP = 200
    LIST_PRESSURE = 201
    REVIEW_ERROR = 202
    REVIEW_ERROR_START = 203
    # yearly family events
    APPLYING = 450
    FAMILY = 451
    SPLIT = 452
    SPOUSE = 453
    MEMBER_YEAR = 454
    HEIR_ABILITY = 455
    HEIR_PROPENSITY = 456
    HEIR_SHOCK = 457
    # world and communes
    GROWTH = 500
    PRICES = 501
    COVARIATE_SHOCK = 502
    COVARIATE_SIZE = 503
    CALF_PRICE = 504
    PANDEMIC = 505
    PLACE_GROWTH = 506
    DISTRICT_GROWTH = 507
    # policies: eight numbers for each of the eighteen levers, 250 + 8 * lever + use (see policies/luck.py)
    LEVER = 250
    # delivery: one number a kind of money, for what is paid within its year and for what is done of the rest
    DISBURSED = 400
    CARRIED_OVER_DONE = 410
