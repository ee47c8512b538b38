"""The closed lists of the catalogue, each term beside its Vietnamese name.

The values of `TimeUnit`, `FeeKind`, `FeeAuthority` and `FeeUnit` are those of the pure engines
(`deadlines`, `fees`); a test holds them together.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Certainty(models.TextChoices):
    """How well a figure of the catalogue is known."""

    SOURCED = "S", _("Theo nguồn công bố")
    KNOWN = "K", _("Số liệu minh họa (hiểu biết chung)")
    UNCERTAIN = "U", _("Số liệu minh họa (cần đối chiếu)")


class ProcedureLevel(models.TextChoices):
    """The tier of government that carries out a procedure."""

    COMMUNE = "commune", _("Cấp xã")
    PROVINCE = "province", _("Cấp tỉnh")


class OnlineLevel(models.TextChoices):
    """How much of a procedure can be done online.

    Legal source: Nghị định 224/2026/NĐ-CP, Điều 14, 15 và 16.
    """

    FULL = "full", _("Toàn trình")
    PARTIAL = "partial", _("Một phần")
    INFO = "info", _("Cung cấp thông tin")


class Channel(models.TextChoices):
    """How a file reaches the centre; fees, limits and statistics hang on it."""

    COUNTER = "counter", _("Trực tiếp")
    ONLINE = "online", _("Trực tuyến")
    POST = "post", _("Bưu chính công ích")


class TimeUnit(models.TextChoices):
    """The units in which a time limit is published."""

    WORKING_DAY = "working_day", _("ngày làm việc")
    CALENDAR_DAY = "calendar_day", _("ngày")
    WORKING_HOUR = "working_hour", _("giờ làm việc")
    SAME_DAY = "same_day", _("trong ngày")
    NONE = "none", _("không xác định")


class PaperKind(models.TextChoices):
    """What a line of the list of papers asks for."""

    PAPER = "paper", _("Giấy tờ phải nộp")
    PRESENTED = "presented", _("Giấy tờ xuất trình")
    EFORM = "eform", _("Tờ khai, biểu mẫu")
    DATA = "data", _("Dữ liệu tra cứu, không phải nộp")
    NOTE = "note", _("Lưu ý")


class ResultKind(models.TextChoices):
    """What the citizen takes home."""

    CERTIFICATE = "certificate", _("Giấy chứng nhận, giấy phép")
    EXTRACT = "extract", _("Trích lục, bản sao")
    CERTIFIED = "certified", _("Văn bản được chứng thực")
    CONFIRMATION = "confirmation", _("Giấy xác nhận")
    DECISION = "decision", _("Quyết định")
    ANSWER = "answer", _("Văn bản trả lời, thông báo")
    OTHER = "other", _("Kết quả khác")


class FeeKind(models.TextChoices):
    """The two kinds of money the law knows.

    Legal source: Luật Phí và lệ phí 2015, Điều 3.
    """

    FEE = "fee", _("Phí")
    CHARGE = "charge", _("Lệ phí")


class FeeAuthority(models.TextChoices):
    """Who sets the amount; provincial exemptions reach provincial charges only."""

    CENTRAL = "central", _("Trung ương quy định")
    PROVINCIAL = "provincial", _("HĐND tỉnh quy định")


class FeeUnit(models.TextChoices):
    """What one amount pays for."""

    PER_CASE = "per_case", _("trường hợp")
    PER_COPY = "per_copy", _("bản")
    PER_PAGE = "per_page", _("trang")


class Category(models.TextChoices):
    """Groups and circumstances of a person that an exemption rule may name."""

    MERITORIOUS_FAMILY = "meritorious_family", _("Gia đình có công với cách mạng")
    MERITORIOUS_PERSON = "meritorious_person", _("Người có công với cách mạng")
    POOR_HOUSEHOLD = "poor_household", _("Hộ nghèo")
    NEAR_POOR_HOUSEHOLD = "near_poor_household", _("Hộ cận nghèo")
    DISABLED = "disabled", _("Người khuyết tật")
    CHILD = "child", _("Trẻ em")
    ELDERLY = "elderly", _("Người cao tuổi")
    ETHNIC_MINORITY = "ethnic_minority", _("Đồng bào dân tộc thiểu số ở xã đặc biệt khó khăn")
    VNEID2_FIVE_PAPERS = (
        "vneid2_five_papers",
        _("Định danh điện tử mức độ 2, đã tích hợp đủ năm giấy tờ trên VNeID"),
    )
    STEP_PARENT_OR_RELATIVE_ADOPTION = (
        "step_parent_or_relative_adoption",
        _("Cha dượng, mẹ kế hoặc cô, cậu, dì, chú, bác ruột nhận con nuôi"),
    )
    SPECIAL_CHILD_ADOPTION = (
        "special_child_adoption",
        _("Nhận trẻ em khuyết tật, nhiễm HIV/AIDS hoặc mắc bệnh hiểm nghèo làm con nuôi"),
    )
    AGRICULTURAL_CREDIT = (
        "agricultural_credit",
        _("Cá nhân, hộ gia đình thế chấp vay vốn phát triển nông nghiệp, nông thôn"),
    )
