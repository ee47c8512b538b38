"""Closed lists of the office, each English name beside its Vietnamese term."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

PROVINCE_HOTLINE: Final = "+842373900900"


class CommuneKind(TextChoices):
    """Kind of a unit of the lowest level; townships exist among former units only."""

    COMMUNE = "commune", _("xã")
    WARD = "ward", _("phường")
    TOWNSHIP = "township", _("thị trấn")


class Extent(TextChoices):
    """How much of a former unit went into the present one."""

    WHOLE = "whole", _("toàn bộ")
    PART = "part", _("một phần")


class Weekday(TextChoices):
    """Names of the days of the week; the position in the list is the number of the day."""

    MONDAY = "0", _("thứ Hai")
    TUESDAY = "1", _("thứ Ba")
    WEDNESDAY = "2", _("thứ Tư")
    THURSDAY = "3", _("thứ Năm")
    FRIDAY = "4", _("thứ Sáu")
    SATURDAY = "5", _("thứ Bảy")
    SUNDAY = "6", _("Chủ nhật")


class SpecialDayKind(TextChoices):
    """Why a day differs from its weekday; the values are those of `work_calendar.DayKind`."""

    HOLIDAY = "holiday", _("Ngày nghỉ lễ, tết")
    SWAPPED_OFF = "swapped_off", _("Ngày nghỉ hoán đổi")
    WORKED_SATURDAY = "worked_saturday", _("Ngày làm bù")


class MembershipKind(TextChoices):
    """On what ground an officer works in a place.

    Legal source: Nghị định 118/2025/NĐ-CP, Điều 11 and Điều 12 khoản 8.
    """

    OWN = "own", _("biên chế của đơn vị")
    POSTED = "posted", _("được cử đến")
    SECONDED = "seconded", _("biệt phái")
    STAND_IN = "stand_in", _("làm thay")


class SignInOutcome(TextChoices):
    """How an attempt to sign in ended."""

    SIGNED_IN = "signed_in", _("Đăng nhập thành công")
    WRONG = "wrong", _("Sai tên đăng nhập hoặc mật khẩu")
    LOCKED = "locked", _("Bị từ chối vì đang tạm khóa")
    SIGNED_OUT = "signed_out", _("Đăng xuất")
    PASSWORD_CHANGED = "password_changed", _("Đổi mật khẩu")
    SWITCHED = "switched", _("Chọn nơi làm việc")
    TOKEN_MADE = "token_made", _("Lập khóa API")
    TOKEN_REVOKED = "token_revoked", _("Thu hồi khóa API")
