"""Made-up members for a start: couples, children, grandparents, with every kind of work, school and health."""

from __future__ import annotations

import numpy as np

from sim.agents.members import SLOTS, Disability, Work, pack

AT_WORK = (Work.NOT_WORKING, Work.OWN, Work.CASUAL, Work.CONTRACT, Work.UNEMPLOYED, Work.ABROAD)
HOW_OFTEN = (0.06, 0.42, 0.2, 0.18, 0.09, 0.05)


def people_of(rng: np.random.Generator, households: int) -> np.ndarray:
    """Packed members of so many households, shape (slots, households); the first is the head."""
    words = np.zeros((SLOTS, households), dtype=np.int32)
    for row in range(households):
        people = family(rng) if row % 20 else [(int(rng.integers(5, 60)), 1) for _ in range(SLOTS)]  # some houses are full
        for slot, (age, female) in enumerate(people):
            words[slot, row] = person(rng, age, female, head=slot == 0)
    if households > 2:
        words[3, 0], words[0, 1] = 0, 0  # a gap among the slots, and a household whose head has gone
        words[:, 2] = [person(rng, 110, 1, head=True)] + [0] * (SLOTS - 1)  # one who will soon leave nobody but ``others``
    return words


def family(rng: np.random.Generator) -> list[tuple[int, int]]:
    """Ages and sexes of one family: a head, perhaps a spouse, children of fitting ages, perhaps a grandparent."""
    head, female = int(rng.integers(24, 82)), int(rng.random() < 0.3)
    people = [(head, female)]
    if rng.random() < 0.75:
        people.append((max(head + int(rng.integers(-6, 5)), 20), 1 - female))
    for _ in range(int(rng.choice(6, p=[0.2, 0.25, 0.3, 0.15, 0.06, 0.04]))):
        people.append((int(np.clip(head - rng.integers(18, 40), 0, 50)), int(rng.random() < 0.5)))
    if rng.random() < 0.2:
        people.append((int(rng.integers(60, 95)), int(rng.random() < 0.6)))
    return people[:SLOTS]


def person(rng: np.random.Generator, age: int, female: int, head: bool) -> int:
    """One member as a packed word."""
    in_school = int((3 <= age < 16 and rng.random() < 0.93) or (16 <= age < 22 and rng.random() < 0.4))
    disability = int(rng.choice(list(Disability), p=[0.93, 0.05, 0.02]))
    works = 16 <= age <= 64 and not in_school and not disability
    work = int(rng.choice(AT_WORK, p=HOW_OFTEN)) if works else int(Work.OWN if 64 < age < 68 else Work.NOT_WORKING)
    trained = int(age > 17 and rng.random() < 0.2)
    return pack(
        present=1,
        age=age,
        female=female,
        schooling=int(np.clip(rng.integers(3, 13), 0, max(age - 6, 0))),
        trained=trained,
        certified=int(trained and rng.random() < 0.5),
        in_school=in_school,
        work=work,
        insured=int(rng.random() < 0.7),
        disability=disability,
        chronic=int(rng.random() < 0.02 + 0.3 * (age > 55)),
        undernourished=int(age < 16 and rng.random() < 0.15),
        quarters_in_state=int(rng.integers(0, 16)),
        head=int(head),
        searching=int(work == Work.UNEMPLOYED or (work == Work.OWN and rng.random() < 0.15)),
        course_fresh=int(trained and rng.random() < 0.2),
    )
