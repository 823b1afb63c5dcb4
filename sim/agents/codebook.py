"""Every column of households and communes: type, unit, meaning in both languages, and writers.

Writers are floors of ``sim``. ``population`` fills every column at the start, and is named where that is all, or all but what
couples get that found a household. ``dynamics`` stands for the compiled quarter and for families: who grows older, splits off
and leaves. ``review`` is the yearly review and the lists. ``delivery`` is what levers bring, and the programme's dealings with
each household. A column with two writers names them in the order in which most of its values come.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np

from sim.agents.members import SLOTS
from sim.kit.columns import Column

f4, u1, i1, i2, i4, i8, u2, u4 = np.float32, np.uint8, np.int8, np.int16, np.int32, np.int64, np.uint16, np.uint32

NEVER = 999  # quarters on a clock that has never been started
WORKS_AHEAD = 24  # quarters ahead into which works may be planned


class Standing(IntEnum):
    """Where a household stands on the official lists."""

    NOT_LISTED = 0
    NEAR_POOR = 1
    POOR = 2


class Area(IntEnum):
    """Kind of area that law and programmes tell apart."""

    ORDINARY = 0
    POOR_DISTRICT = 1
    ESPECIALLY_DIFFICULT = 2


KVND = "thousand dong"

HOUSEHOLD_COLUMNS = (
    # identity
    Column("origin", u4, "id", "mã hộ gốc", "number of the household at the start", "population"),
    Column("branch", u4, "year", "năm tách hộ (0: hộ gốc)", "year it split off, 0 for an original household", "population, dynamics"),
    Column("replication", i4, "index", "lần chạy", "replication the row belongs to", "population"),
    Column("cell", i4, "index", "ô (lần chạy × xã)", "row of its commune in the table of communes", "population"),
    Column("village", i2, "index", "thôn, tổ tiết kiệm và vay vốn", "village and savings-and-loan group within the commune", "population"),
    # fixed circumstances
    Column("urban", u1, "0/1", "thành thị", "urban", "population"),
    Column("minority", u1, "0/1", "dân tộc thiểu số", "ethnic minority", "population"),
    Column("merit", u1, "0/1", "gia đình người có công", "merit family", "population"),
    Column("land", f4, "ha", "đất sản xuất", "production land", "dynamics, delivery"),
    Column("ability", f4, "log points", "năng lực làm ăn", "lasting earning ability", "population, dynamics"),
    Column("propensity", f4, "standard normal", "khuynh hướng thiếu hụt", "lasting propensity to lack services, loads on living.py", "population, dynamics"),
    Column("outside_support", f4, f"{KVND} a quarter, prices of the start", "lương hưu và tiền người thân gửi", "pensions and kin's money received each quarter", "population, dynamics"),
    # people
    Column("members", i4, "packed", "thành viên", "member words, see agents/members.py", "dynamics, delivery", SLOTS),
    Column("others", i2, "people", "thành viên thứ chín trở đi", "members beyond the eighth", "dynamics"),
    # tallies over the member slots, written by the kernel at the end of every quarter
    Column("members_at_home", u1, "people", "số người ở nhà", "members at home", "dynamics"),
    Column("members_counted", u1, "people", "số người tính bình quân", "divisor of income per head: at home, and abroad for up to two quarters", "dynamics"),
    Column("children", u1, "people", "trẻ dưới 16 tuổi", "members under 16", "dynamics"),
    Column("elderly", u1, "people", "người từ 60 tuổi", "members of 60 and over", "dynamics"),
    Column("workers", u1, "people", "người đang làm việc", "members at home who work", "dynamics"),
    Column("able", u1, "people", "người có khả năng lao động", "members at home able to work (16 to 64, not severely disabled, not in school)", "dynamics"),
    Column("dependants", u1, "people", "người phụ thuộc", "children under 16, and elderly or disabled who draw assistance", "dynamics"),
    Column("disabled", u1, "people", "người khuyết tật", "severely or extremely disabled members", "dynamics"),
    Column("chronic", u1, "people", "người bệnh mạn tính", "chronically ill members", "dynamics"),
    Column("unemployed", u1, "people", "người thất nghiệp", "unemployed members who look for work", "dynamics"),
    Column("seekers", u1, "people", "người tìm việc làm công", "members who look for wage work (unemployed or leaving own work)", "dynamics"),
    Column("wage_workers", u1, "people", "người làm công ăn lương", "members in wage work at home", "dynamics"),
    Column("without_contract", u1, "people", "người làm công không hợp đồng", "members in casual wage work", "dynamics"),
    Column("abroad", u1, "people", "người đang ở nước ngoài", "members working abroad", "dynamics"),
    Column("uninsured", u1, "people", "người chưa có BHYT", "members at home without an insurance card", "dynamics"),
    Column("uninsured_from_6", u1, "people", "người từ 6 tuổi chưa có BHYT", "members aged 6 and over without a card", "dynamics"),
    Column("undernourished", u1, "people", "trẻ suy dinh dưỡng", "undernourished members under 16", "dynamics"),
    Column("young_untrained", u1, "people", "người 16-30 chưa đạt trình độ", "members of 16 to 30 neither in school or trained nor at the level for their age", "dynamics"),
    Column("children_out_of_school", u1, "people", "trẻ 3-15 không đi học", "members aged 3 to under 16 not in school", "dynamics"),
    Column("trainable", u1, "people", "người có thể học nghề", "able members of 16 to 60 at home without vocational training", "dynamics"),
    Column("trained", u1, "people", "lao động qua đào tạo", "able members with vocational training", "dynamics"),
    Column("certified", u1, "people", "lao động có chứng chỉ", "able members with a certificate", "dynamics"),
    Column("female_head", u1, "0/1", "chủ hộ nữ", "headed by a woman", "dynamics"),
    Column("head_schooling", u1, "years", "số năm học của chủ hộ", "schooling of the head", "dynamics"),
    Column("labourless", u1, "0/1", "không có lao động", "no member able to work", "dynamics"),
    # earning
    Column("persistent_shock", f4, "log points", "biến động thu nhập kéo dài", "persistent income shock z (AR(1))", "dynamics"),
    Column("capital", f4, KVND, "công cụ, tư liệu sản xuất", "tools, small stock and other productive capital", "dynamics, delivery"),
    Column("young_animals", u1, "head", "bò tơ", "breeding animals not yet mature", "dynamics, delivery"),
    Column("quarters_to_calving", u1, "quarters", "số quý đến khi sinh sản", "until the young animals are mature", "dynamics, delivery"),
    Column("grown_animals", u1, "head", "bò sinh sản", "mature breeding animals", "dynamics, delivery"),
    Column("calves", u2, "packed", "bê theo quý tuổi", "calves by quarter of age, a four-bit count each (lowest: youngest)", "dynamics"),
    Column("coached_quarters", u1, "quarters", "số quý còn được cầm tay chỉ việc", "quarters of coaching still to come", "dynamics, delivery"),
    Column("skill", f4, "0..1", "tay nghề chăn nuôi", "operating skill with animals, wins over losses and calving", "dynamics, delivery"),
    Column("venture", f4, KVND, "vốn vay đang làm ăn", "borrowed money at work in production", "dynamics, delivery"),
    # what supports do, and money from abroad
    Column("claims", u1, "0/1", "có nhận trợ cấp xã hội", "draws the social assistance it is entitled to", "population, delivery"),
    Column("school_support", u1, "quarters", "số quý còn hỗ trợ đi học", "quarters of support for schooling still to come", "delivery, dynamics"),
    Column("matching", u1, "quarters", "số quý còn được giới thiệu việc làm", "quarters of help with finding wage work still to come", "delivery, dynamics"),
    Column("nutrition_support", u1, "quarters", "số quý còn hỗ trợ dinh dưỡng", "quarters of the nutrition programme still to come", "delivery, dynamics"),
    Column("forest_fee", f4, f"{KVND} a quarter", "tiền công bảo vệ rừng", "fee for forest protection, while its contract lasts", "delivery, dynamics"),
    Column("forest_fee_quarters", u1, "quarters", "số quý còn hợp đồng bảo vệ rừng", "quarters of the forest contract still to come", "delivery, dynamics"),
    Column("remittance", f4, f"{KVND} a quarter, prices of the start", "tiền gửi về từ nước ngoài", "what a member abroad sends from the third quarter on", "delivery, dynamics"),
    # money
    Column("savings", i4, KVND, "tiền tiết kiệm", "liquid savings", "dynamics, delivery"),
    Column("loan", i4, KVND, "dư nợ NHCSXH", "principal owed to the policy bank", "dynamics, delivery"),
    Column("loan_rate", f4, "share a year", "lãi suất vay", "interest rate of the loan", "dynamics, delivery"),
    Column("loan_quarters_left", i2, "quarters", "số quý còn lại của khoản vay", "until the loan falls due", "dynamics, delivery"),
    Column("overdue", i4, KVND, "nợ quá hạn", "part of the loan that is overdue", "dynamics"),
    Column("informal_debt", i4, KVND, "nợ ngoài", "debt outside the policy bank", "dynamics, delivery"),
    Column("repaid", i4, f"{KVND} this quarter", "trả gốc trong quý", "principal repaid to the policy bank this quarter", "dynamics"),
    Column("interest_paid", i4, f"{KVND} this quarter", "trả lãi trong quý", "interest paid to the policy bank this quarter", "dynamics"),
    # dwelling and services
    Column("solid_parts", u1, "parts", "số bộ phận kiên cố (tường, cột, mái)", "solid parts of the dwelling: walls, pillars, roof", "dynamics, delivery"),
    Column("floor_area_m2", f4, "m2", "diện tích ở", "floor area", "dynamics, delivery"),
    Column("clean_water", u1, "0/1", "nước hợp vệ sinh", "uses clean water", "dynamics, delivery"),
    Column("hygienic_toilet", u1, "0/1", "nhà tiêu hợp vệ sinh", "has a hygienic toilet", "dynamics, delivery"),
    Column("internet", u1, "0/1", "dùng internet", "uses an internet service", "dynamics, delivery"),
    Column("devices", u1, "0/1", "có phương tiện thông tin", "has a device for access to information", "dynamics, delivery"),
    # income of the quarter, by source, and of the last four quarters
    Column("own_income", f4, f"{KVND} this quarter", "thu từ sản xuất của hộ", "own production net of bought inputs and interest", "dynamics"),
    Column("wage_income", f4, f"{KVND} this quarter", "tiền lương, tiền công", "wages", "dynamics"),
    Column("remittance_income", f4, f"{KVND} this quarter", "tiền gửi, lương hưu", "remittances, pensions and kin's money", "dynamics"),
    Column("transfer_income", f4, f"{KVND} this quarter", "trợ cấp tính vào thu nhập", "public transfers that count as income", "dynamics"),
    Column("uncounted_transfers", f4, f"{KVND} this quarter", "trợ cấp không tính vào thu nhập", "public transfers that do not count as income", "dynamics"),
    Column("income_by_quarter", f4, f"{KVND} per head and month", "thu nhập bình quân bốn quý", "income per head in quarters 1 to 4, the newest of each", "dynamics", 4),
    Column("income_per_head", f4, f"{KVND} per head and month", "thu nhập bình quân năm", "mean of the last four quarters", "dynamics"),
    Column("lasting_income", f4, f"{KVND} per head and month", "thu nhập lâu dài", "what the household's circumstances give with passing shocks at their mean", "dynamics"),
    Column("consumption", f4, f"{KVND} per head and month", "chi tiêu bình quân", "consumption of the quarter", "dynamics"),
    Column("health_cost", f4, f"{KVND} this quarter", "chi khám chữa bệnh", "own spending on illness", "dynamics"),
    Column("storm_loss", f4, "share", "mức thiệt hại thiên tai", "share of own production lost to a common shock this quarter", "dynamics"),
    Column("shocks", u2, "bits", "cú sốc trong quý", "what hit the household this quarter, see codebook.Shock", "dynamics"),
    Column("recent_shocks", u2, "bits", "cú sốc từ lần rà soát trước", "what hit the household since the last review", "dynamics"),
    Column("coping", u1, "bits", "cách ứng phó trong quý", "how it coped, see codebook.Coping", "dynamics"),
    # review
    Column("standing", u1, "Standing", "diện đang hưởng", "standing in force this year", "review, dynamics"),
    Column("reviewed", u1, "Standing", "kết quả rà soát mới nhất", "standing that the last review found, in force from 1 January", "review, dynamics"),
    Column("quarters_since_poor", i2, "quarters", "số quý từ khi thoát nghèo", "since it last left the poor list (NEVER if it was never on it)", "review, dynamics"),
    Column("quarters_since_listed", i2, "quarters", "số quý từ khi ra khỏi danh sách", "since it last left all lists (NEVER if it was never on one)", "review, dynamics"),
    Column("applies", u1, "0/1", "nộp đơn rà soát", "asks to be reviewed this year", "dynamics"),
    Column("review_error", f4, "log points", "sai số lâu dài khi chấm điểm", "lasting error of the score", "review, dynamics"),
    Column("score", f4, "points", "điểm A", "score A of the last review", "review"),
    Column("deprivations", u2, "bits", "các chỉ số thiếu hụt", "indicators lacked at the last review, bit k for the standard's k-th", "review, dynamics"),
)

# One slot a lever of the run, in the order of ``Simulation.levers``.
LEVER_COLUMNS = ("due", "owed", "received", "outcome", "revolving_debt")


def lever_columns(levers: int) -> tuple[Column, ...]:
    """The columns that hold each household's dealings with each of ``levers`` levers."""
    return (
        Column("due", i2, "quarter number", "quý giao hỗ trợ", "quarter in which a contracted support arrives, 0 for none", "delivery, dynamics", levers),
        Column("owed", i4, KVND, "giá trị đã ký", "public money contracted and not yet paid", "delivery, dynamics", levers),
        Column("received", i2, "quarter number", "quý nhận hỗ trợ gần nhất", "quarter of the last support received, 0 for never", "delivery, dynamics", levers),
        Column("outcome", u1, "Outcome", "kết quả xét hỗ trợ", "how the last offer ended, see policies/lever.py", "delivery, dynamics", levers),
        Column("revolving_debt", i4, KVND, "vốn quay vòng còn phải trả", "part of revolving support still owed to its fund", "delivery, dynamics", levers),
    )


COMMUNE_COLUMNS = (
    Column("replication", i4, "index", "lần chạy", "replication", "population"),
    Column("place", i4, "index", "xã", "index of the commune among the plan's communes", "population"),
    Column("home", i4, "index", "địa bàn", "index of the scenario's place that the commune is, or is a part of", "population"),
    Column("parts", i4, "communes", "số xã", "communes that the cell stands for: more than one in a sample only", "population"),
    Column("area", u1, "Area", "loại địa bàn", "kind of area", "population"),
    Column("staff_capacity", f4, "ratio", "năng lực cán bộ", "quality of delivery, coaching and review, 1 is average", "delivery, dynamics"),
    Column("usual_staff_capacity", f4, "ratio", "năng lực cán bộ thông thường", "staff capacity without training, to which it fades back", "population"),
    Column("awareness", f4, "ratio", "mức độ hiểu biết chính sách", "readiness to apply for review and to take part, 1 is neutral", "delivery, dynamics"),
    Column("productivity", f4, "ratio", "năng suất chung", "productivity of own production beside growth: what the place's share of wages asks, and works", "population, dynamics"),
    Column("infrastructure", f4, "log points", "lợi ích của công trình đang dùng", "productivity gained by works in use", "dynamics"),
    Column("works_to_come", f4, "log points", "lợi ích của công trình sắp đưa vào dùng", "productivity to be gained by works that come into use in one, two ... quarters", "delivery, dynamics", WORKS_AHEAD),
    Column("works_upkeep", u1, "quarters", "số quý còn được duy tu", "quarters for which upkeep of works is paid", "delivery, dynamics"),
    Column("works_jobs", i8, "thousandths of a job", "việc làm công trường mở ra", "jobs that works open in the quarter ahead", "delivery, dynamics"),
    Column("works_jobs_running", i8, "thousandths of a job", "việc làm công trường đang có", "jobs at works that end with them", "dynamics"),
    Column("usual_jobs", i8, "thousandths of a job", "số việc làm công thông thường", "wage jobs at the start, held or open, before growth",
           "dynamics"),
    Column("jobs_held", i8, "jobs", "số việc làm công có người làm", "wage jobs held at the end of last quarter", "dynamics"),
    Column("usual_vacancies", i8, "thousandths of a job", "số chỗ làm trống thông thường", "vacancies of a quarter at the start, before growth", "dynamics"),
    Column("vacancies", i8, "thousandths of a job", "số chỗ làm trống", "vacancies open this quarter", "dynamics"),
    Column("seekers", i8, "people", "số người tìm việc", "seekers at the end of last quarter", "dynamics"),
    Column("usual_seekers", i8, "people", "số người tìm việc thông thường", "seekers at the start", "dynamics"),
    Column("found", i8, "jobs", "số người tìm được việc", "jobs filled this quarter", "dynamics"),
    Column("find_chance", f4, "probability", "khả năng tìm được việc", "chance of a seeker this quarter", "dynamics"),
    Column("calves_sold", i8, "head", "số bê bán", "calves sold last quarter", "dynamics"),
    Column("usual_calves", f4, "head a quarter", "số bê bán thông thường", "calves usually sold in a quarter", "dynamics"),
    Column("calf_price", f4, KVND, "giá bê", "price of a calf this quarter", "dynamics"),
    Column("covariate_loss", f4, "share", "mức thiệt hại chung", "share of own production lost in the commune this quarter", "dynamics"),
    Column("gained", i8, "households", "số hộ chăn nuôi có lãi", "neighbours whose animals paid, over the last year", "dynamics"),
    Column("lost", i8, "households", "số hộ mất vật nuôi", "neighbours whose animal died, over the last year", "dynamics"),
    Column("confidence", f4, "ratio", "niềm tin vào mô hình", "what neighbours' luck does to take-up, 1 is neutral", "dynamics"),
)


def commune_lever_columns(levers: int) -> tuple[Column, ...]:
    """The columns that hold each commune's dealings with each of ``levers`` levers; only commune levers write there."""
    return (
        Column("due", i2, "quarter number", "quý hoàn thành", "quarter in which contracted works or services arrive, 0 for none", "delivery", levers),
        Column("owed", i8, KVND, "giá trị đã ký", "public money contracted and not yet paid, of the whole commune", "delivery", levers),
        Column("received", i2, "quarter number", "quý nhận gần nhất", "quarter of the last support received, 0 for never", "delivery", levers),
        Column("outcome", u1, "Outcome", "kết quả xét hỗ trợ", "how the last choice ended, see policies/lever.py", "delivery", levers),
    )


class Shock(IntEnum):
    """Bits of ``shocks``."""

    ILLNESS = 1
    ANIMAL_DIED = 2
    STORM = 4
    JOB_LOST = 8
    BIRTH = 16
    DEATH = 32
    CALF_SOLD = 64
    JOB_FOUND = 128
    CAME_HOME = 256
    CAME_HOME_EARLY = 512


class Coping(IntEnum):
    """Bits of ``coping``."""

    USED_SAVINGS = 1
    SOLD_ANIMAL = 2
    SOLD_CAPITAL = 4
    BORROWED = 8
    CUT_CONSUMPTION = 16
    CUT_SCHOOLING = 32
    MISSED_PAYMENT = 64
