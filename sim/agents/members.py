"""A member of a household in four bytes: fields of bits in an int32.

The functions are plain Python over integers, so that the kernel compiles the very same source and
NumPy applies it to whole arrays.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

SLOTS = 8


class Work(IntEnum):
    """What a member does."""

    NOT_WORKING = 0
    OWN = 1
    CASUAL = 2
    CONTRACT = 3
    UNEMPLOYED = 4
    ABROAD = 5


class Disability(IntEnum):
    """Degree of disability in the words of the assistance decree."""

    NONE = 0
    SEVERE = 1
    EXTREME = 2


@dataclass(frozen=True)
class Field:
    """A run of bits inside the member word."""

    name: str
    shift: int
    width: int
    vi: str
    en: str

    @property
    def mask(self) -> int:
        """The field's bits, right-aligned."""
        return (1 << self.width) - 1


FIELDS = (
    Field("present", 0, 1, "còn trong hộ", "belongs to the household"),
    Field("age", 1, 7, "tuổi", "age in whole years, 0 to 127"),
    Field("female", 8, 1, "nữ", "female"),
    Field("schooling", 9, 4, "số năm học phổ thông", "completed years of general schooling, 0 to 12"),
    Field("trained", 13, 1, "đã qua đào tạo nghề", "has completed a vocational course"),
    Field("certified", 14, 1, "có chứng chỉ", "holds a vocational certificate"),
    Field("in_school", 15, 1, "đang đi học", "attends school"),
    Field("work", 16, 3, "việc làm", "what the member does (Work)"),
    Field("insured", 19, 1, "có thẻ BHYT", "holds a health-insurance card"),
    Field("disability", 20, 2, "mức khuyết tật", "degree of disability (Disability)"),
    Field("chronic", 22, 1, "bệnh mạn tính", "chronically ill"),
    Field("undernourished", 23, 1, "suy dinh dưỡng", "stunted or underweight (under 16)"),
    Field("quarters_in_state", 24, 4, "số quý ở trạng thái việc làm", "quarters in the present work, capped at 15"),
    Field("head", 28, 1, "chủ hộ", "head of the household"),
    Field("searching", 29, 1, "đang tìm việc", "is looking for wage work"),
    Field("course_fresh", 30, 1, "mới học nghề xong", "finished a course within the last year"),
)

# Shifts and masks as plain integers: what compiled code can read.
PRESENT, AGE, FEMALE, SCHOOLING, TRAINED, CERTIFIED, IN_SCHOOL, WORK = 0, 1, 8, 9, 13, 14, 15, 16
INSURED, DISABILITY, CHRONIC, UNDERNOURISHED, QUARTERS_IN_STATE, HEAD, SEARCHING, COURSE_FRESH = 19, 20, 22, 23, 24, 28, 29, 30
WIDTH_OF = {field.shift: field.width for field in FIELDS}
BY_NAME = {field.name: field for field in FIELDS}


def pack(**values: int) -> int:
    """A member word from named field values: ``pack(present=1, age=34, female=1)``; also for arrays."""
    word = 0
    for name, value in values.items():
        word = word | (value << BY_NAME[name].shift)
    return word


def get(members, name: str):
    """The value of field ``name`` in one member word or in an array of them."""
    field = BY_NAME[name]
    return (members >> field.shift) & field.mask


def put(members, name: str, value):
    """The member word(s) with field ``name`` set to ``value``."""
    field = BY_NAME[name]
    return (members & ~(field.mask << field.shift)) | (value << field.shift)


def name_fields(member: int) -> dict[str, int]:
    """All fields of one member word under their names, for people to read."""
    return {field.name: int(get(int(member), field.name)) for field in FIELDS}
