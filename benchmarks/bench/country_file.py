"""Writes ``scenarios/country_28m.yaml``: the whole country, from the project's own tables of people, poverty and incomes by province.

Run from the project's folder: ``python benchmarks/bench/country_file.py``. What the tables do not hold (districts, how poverty is
spread over them, most money) is assumed and says so in the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from sim.record.places import COUNTRY, name_of, provinces
from sim.record.tables import table

FILE = Path(__file__).parents[2] / "scenarios" / "country_28m.yaml"
HOUSEHOLDS, OF_A_DISTRICT, OF_A_COMMUNE = 28_000_000, 40_000, 2_640
POOR, NEAR_TO_POOR = 0.052, 915_274 / 1_057_374  # reviews of the ends of 2021 and 2022
INCOME = 4_205 / 3_098  # mean income per head of 2021 over that of 2016
# By region: share of households in towns, of minorities and of farm work, as a judgement.
REGIONS = {
    "RRD": (0.35, 0.02, 0.20), "NMM": (0.18, 0.50, 0.50), "NCC": (0.28, 0.12, 0.35),
    "CHL": (0.28, 0.35, 0.60), "SE": (0.62, 0.06, 0.12), "MRD": (0.25, 0.08, 0.40),
}  # fmt: skip
TOWN, COUNTRYSIDE = 0.85, 0.05  # of households of a district in and outside towns
LEAST, MOST = 0.4, 1.6  # poverty of a province's first and last district over its mean
YEARS = (2022, 2023, 2024, 2025)
HEAD = """\
# Cả nước: 28 triệu hộ ở 63 tỉnh, chia thành các phần cỡ huyện và xã, năm năm, đủ mười tám giải pháp.
# Tệp do benchmarks/bench/country_file.py viết.
# The whole country: 28 million households in 63 provinces, cut into parts the size of districts and communes, five years, all eighteen
# levers. Written by benchmarks/bench/country_file.py.
name: {vi: Cả nước 2022-2026, en: The whole country 2022-2026}
signed: 2022-01
period: 2022-2025
follow: 1 year
standard: vn_2022
posterior: vietnam_drift  # ước lượng từ số liệu / fitted to the record: docs/fit.md

population:
  income_per_head: {value: 4205 thousand dong, reference: "mean income a head of 2021, living standards survey, General Statistics Office"}
  income_sd_log: {value: 0.08 log points, assumption: how far a province may lie from its survey figure of 2016 carried on}
  household_size: {value: 3.5 persons, assumption: some 98.5 million people of 2021 in 28 million households}
  urban_share: {value: 33 %, assumption: households in towns; districts state their own}
  minority_share: {value: 14 %, assumption: near the census of 2019 (14.7 % of people); provinces state their region's}
  merit_share: {value: 6 %, assumption: set by judgement}
  farm_labour_share: {value: 29 %, assumption: near the country's share of 2021; provinces state their region's}
  insurance_cover: {value: 91 %, assumption: near the country's cover at the end of 2021 (remembered)}
  livestock_share: {value: 15 %, assumption: set by judgement}
"""
MONEY = (
    ("central", "investment", 5_000, "20,000 billion of central investment money for 2021-2025 (QĐ 90/QĐ-TTg, remembered) over four years"),
    ("central", "recurrent", 7_000, "28,000 billion of central recurrent money for 2021-2025 (QĐ 90/QĐ-TTg, remembered) over four years"),
    ("provincial", "recurrent", 3_000, "12,690 billion of local money for 2021-2025 (QĐ 90/QĐ-TTg, remembered) over four years"),
    ("bank", "credit", 20_000, "a quarter of the poor and near-poor take a loan of 30 million in a year"),
)
SHARES = {
    "infrastructure": 60, "housing": 10, "water_sanitation": 8, "land_forest": 5, "livelihood_models": 16, "production_support": 14,
    "nutrition": 5, "vocational_training": 8, "job_matching": 3, "labour_export": 3, "information_access": 5, "communication": 4,
    "staff_capacity": 5, "health_insurance": 4, "education_support": 6, "legal_aid": 1, "social_assistance": 2,
}  # fmt: skip
OPTIONS = {"social_assistance": "{relief: 1500}", "infrastructure": "{maintenance: false}"}
TARGET = """
targets:
  - name: fall
    measure: official_poor_rate
    fall_per_year: 1.0 points a year
    says: {vi: "tỷ lệ hộ nghèo đa chiều giảm 1 - 1,5 %/năm", en: the multidimensional poverty rate falls by 1 to 1.5 points a year}
    reference: "Nghị quyết 24/2021/QH15, Điều 1"

delivery: as_delivered
runs: {replications: 1, seed: 28, only: [plan]}
"""


def of_province(name: str, column: str, code: str) -> float | None:
    """A province's figure of the last year that a table has."""
    rows = table(name)
    mine = rows[rows["code"] == code].sort_values("year")
    return None if mine.empty else float(mine[column].iloc[-1])


def rate_of(code: str) -> float:
    """A province's poverty by the survey of 2016; from 2012 as the country's has fallen since where it has none."""
    rows = table("survey_poverty").set_index(["code", "year"])["poverty_rate_pct"]
    if (code, 2016) in rows.index:
        return float(rows[code, 2016])
    return float(rows[code, 2012]) * float(rows[COUNTRY, 2016]) / float(rows[COUNTRY, 2012])


def cut(total: int, weights: list[float]) -> list[int]:
    """Whole parts in proportion to weights that add up to the total."""
    ends, so_far = [0], 0.0
    for weight in weights:
        so_far += weight
        ends.append(round(total * so_far / sum(weights)))
    return [end - begin for begin, end in pairwise(ends)]


def region_of(code: str) -> str:
    """The region of a province."""
    places = table("places")
    return str(places[places["code"] == code]["region"].iloc[0])


def province_lines(code: str) -> Iterator[str]:
    """What the districts of a province have in common."""
    name, (_, minority, farms) = name_of(code, "vi"), REGIONS[region_of(code)]
    income = of_province("survey_incomes", "mean", code)
    facts = [f"minority_share: {{value: {minority:.0%}, assumption: the region's; by judgement}}"]
    facts += [f"farm_labour_share: {{value: {farms:.0%}, assumption: the region's; by judgement}}"]
    if income is not None:
        why = "its survey figure of the last year on record and the country's growth since"
        facts.insert(0, f"income_per_head: {{value: {round(income * INCOME):d} thousand dong, assumption: {why}}}")
    yield f"  {name}:"
    yield f"    population: {{{', '.join(facts)}}}"


def place_lines(code: str, households: int, rate: float) -> Iterator[str]:
    """The districts of a province."""
    name, (towns, _, _) = name_of(code, "vi"), REGIONS[region_of(code)]
    count = max(2, round(households / OF_A_DISTRICT))
    steps = [LEAST + (MOST - LEAST) * number / (count - 1) for number in range(count)]
    sizes = cut(households, [1.15 - 0.3 * (number % 3) / 2 for number in range(count)])
    poor = cut(round(households * rate), [size * step for size, step in zip(sizes, steps, strict=True)])
    near = cut(round(households * rate * NEAR_TO_POOR), [size * step**0.5 for size, step in zip(sizes, steps, strict=True)])
    for number in range(count):
        share = poor[number] / sizes[number]
        area = "poor_district" if share > 0.3 else "especially_difficult" if share > 0.15 else "ordinary"
        town = TOWN if number < round(count * towns) else COUNTRYSIDE
        facts = [f"name: {name} {number + 1:02d}", f"district: {name}", f"communes: {max(1, round(sizes[number] / OF_A_COMMUNE))}"]
        facts += [f"households: {sizes[number]}", f"poor: {poor[number]}", f"near_poor: {near[number]}", f"area: {area}"]
        facts += ["poor_district: true"] if area == "poor_district" else []
        facts += [f"population: {{urban_share: {{value: {town:.0%}, assumption: by judgement}}}}", "assumption: *cut"]
        yield f"  - {{{', '.join(facts)}}}"


def money_lines() -> Iterator[str]:
    """Envelopes of every year, and the mix of all levers."""
    yield "\n# Phần của mỗi huyện tính một lần theo số hộ nghèo, cận nghèo đầu kỳ."
    yield "# Each district's part is settled by its poor and near-poor at the start."
    yield "money:"
    for year in YEARS:
        for source, kind, billions, why in MONEY:
            facts = f"source: {source}, kind: {kind}, year: {year}, amount: {billions} billion dong, divide: {{by: listed, settled: true}}"
            yield f'  - {{{facts}, assumption: "{why}"}}'
    yield "\nmixes:\n  plan:"
    for lever, share in SHARES.items():
        options = f", options: {OPTIONS[lever]}" if lever in OPTIONS else ""
        yield f"    {lever}: {{share: {share} %{options}, assumption: share set by judgement}}"
    yield "    preferential_credit: {share: 85 %, assumption: share set by judgement}"


def main() -> None:
    """Write the file."""
    people = {code: of_province("population", "population_thousand", code) or 0.0 for code in provinces()}
    households = dict(zip(people, cut(HOUSEHOLDS, list(people.values())), strict=True))
    rates = {code: rate_of(code) for code in people}
    factor = POOR * HOUSEHOLDS / sum(rates[code] * households[code] for code in people)
    lines = [HEAD, "districts:", *[line for code in people for line in province_lines(code)]]
    lines += [
        "\n# Hộ: dân số các tỉnh năm 2016; nghèo: khảo sát mức sống 2016 (không có thì 2012) để cả nước là 5,2 % cuối 2021.",
        "# Households: people of the provinces in 2016; poor: living standards survey of 2016 (else 2012), so that",
        "# the country has 5.2 % at the end of 2021.",
    ]
    places = [line for code in people for line in place_lines(code, households[code], rates[code] * factor)]
    why = "people of 2016 and poverty of 2016 (else 2012) of the province, so that the country has 5.2 %; cut into equal steps of poverty"
    lines += ["places:", *[line.replace("*cut", f'"{why}"') for line in places], *money_lines(), TARGET.rstrip()]
    FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
