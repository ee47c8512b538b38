"""The working calendar of the province as the notices give it, written out once more for the tests."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from staff.work_calendar import DayKind, OfficeHours, SpecialDay, WorkCalendar

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")

HOLIDAYS = {
    "Tết Dương lịch": ["2025-01-01", "2026-01-01", "2027-01-01"],
    "Tết Nguyên đán": [
        *("2025-01-27", "2025-01-28", "2025-01-29", "2025-01-30", "2025-01-31"),
        *("2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19", "2026-02-20"),
        *("2027-02-04", "2027-02-05", "2027-02-08", "2027-02-09", "2027-02-10"),
    ],
    "Giỗ Tổ Hùng Vương": ["2025-04-07", "2026-04-27", "2027-04-16"],
    "Ngày Chiến thắng": ["2025-04-30", "2026-04-30", "2027-04-30"],
    "Ngày Quốc tế lao động": ["2025-05-01", "2026-05-01", "2027-05-03"],
    "Quốc khánh": ["2025-09-01", "2025-09-02", "2026-09-01", "2026-09-02", "2027-09-02", "2027-09-03"],
    "Ngày Văn hóa Việt Nam": ["2026-11-24", "2027-11-24"],
}
# Weekday off: Saturday worked in its place.
SWAPS = {"2025-05-02": "2025-04-26", "2026-01-02": "2026-01-10", "2026-08-31": "2026-08-22"}


def province_calendar(revision=7, years=(2025, 2026, 2027)):
    days = [
        SpecialDay(date.fromisoformat(day), DayKind.HOLIDAY, name, "thông báo nghỉ lễ")
        for name, dates in HOLIDAYS.items()
        for day in dates
    ]
    for text_off, text_worked in SWAPS.items():
        off, worked = date.fromisoformat(text_off), date.fromisoformat(text_worked)
        off_name = f"làm bù ngày {worked.day}/{worked.month}/{worked.year}"
        worked_name = f"làm bù cho ngày {off.day}/{off.month}/{off.year}"
        days.append(SpecialDay(off, DayKind.SWAPPED_OFF, off_name, "thông báo hoán đổi"))
        days.append(
            SpecialDay(worked, DayKind.WORKED_SATURDAY, worked_name, "thông báo hoán đổi", replaces=off)
        )
    return WorkCalendar(revision, frozenset(years), {day.day: day for day in days if day.day.year in years})


CALENDAR = province_calendar()

MORNING = (time(7), time(11, 30))
AFTERNOON = (time(13, 30), time(17))
HOURS = OfficeHours(((MORNING, AFTERNOON),) * 5)


def moment(text):
    """A moment in the office, written as "2026-11-16 09:15"."""
    return datetime.fromisoformat(text).replace(tzinfo=HANOI)
