"""The words of a case: each English term stands beside its Vietnamese name."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Where a case stands. Overdue, due soon and late are questions, never states."""

    SUBMITTED = "submitted", _("Chờ tiếp nhận")
    REGISTERED = "registered", _("Đã tiếp nhận")
    NOT_ACCEPTED = "not_accepted", _("Không được tiếp nhận")
    IN_PROGRESS = "in_progress", _("Đang giải quyết")
    AWAITING_APPROVAL = "awaiting_approval", _("Chờ ký duyệt")
    AWAITING_COMPLETION = "awaiting_completion", _("Chờ hoàn thiện")
    AWAITING_SUPPLEMENT = "awaiting_supplement", _("Chờ bổ sung")
    AWAITING_PAYMENT = "awaiting_payment", _("Chờ nộp tiền")
    WITHDRAWN = "withdrawn", _("Đã rút")
    STOPPED = "stopped", _("Dừng giải quyết")
    CLOSED = "closed", _("Đã đóng")
    RESOLVED = "resolved", _("Có kết quả")
    RETURNED = "returned", _("Đã trả kết quả")


VOIDED = _("Đã hủy (nhập nhầm)")
"""What pages say in place of the state of a case that was entered by mistake: the office did not stop it."""

NATIONAL_CODES = {
    State.SUBMITTED: 1,
    State.REGISTERED: 2,
    State.NOT_ACCEPTED: 3,
    State.IN_PROGRESS: 4,
    State.AWAITING_APPROVAL: 4,
    State.AWAITING_COMPLETION: 5,
    State.AWAITING_SUPPLEMENT: 5,
    State.AWAITING_PAYMENT: 6,
    State.WITHDRAWN: 7,
    State.STOPPED: 8,
    State.CLOSED: 8,
    State.RESOLVED: 9,
    State.RETURNED: 10,
}
"""Status codes of the national portal (TrangThaiHoSo)."""

RUNNING = (
    State.SUBMITTED,
    State.REGISTERED,
    State.IN_PROGRESS,
    State.AWAITING_APPROVAL,
    State.AWAITING_COMPLETION,
    State.AWAITING_SUPPLEMENT,
    State.AWAITING_PAYMENT,
)
"""Somebody still owes something: these cases have a deadline that can pass."""

PAYABLE = (*RUNNING, State.RESOLVED, State.RETURNED)
"""Money may be taken before the work or at the return; of a case that ended on the way nothing is owed."""

FINISHED = (State.RESOLVED, State.RETURNED, State.WITHDRAWN, State.STOPPED, State.CLOSED)
"""The clock of the law has ended; the decision, not the hand-over, ends it."""


class Action(TextChoices):
    """What an officer may do with a case."""

    REGISTER = "register", _("Tiếp nhận")
    FORWARD = "forward", _("Chuyển xử lý")
    CLAIM = "claim", _("Nhận xử lý")
    HAND_ON = "hand_on", _("Chuyển đồng nghiệp")
    ASSIGN = "assign", _("Phân công lại")
    SUBMIT = "submit", _("Trình ký kết quả")
    APPROVE = "approve", _("Ký duyệt")
    SEND_BACK = "send_back", _("Trả lại, ghi lý do")
    HAND_OVER = "hand_over", _("Trả kết quả")
    WITHDRAW = "withdraw", _("Rút hồ sơ")
    DIGITISE = "digitise", _("Số hóa giấy tờ")
    AMEND = "amend", _("Sửa thông tin")
    VOID = "void", _("Hủy hồ sơ nhập nhầm")
    TAKE_PAYMENT = "take_payment", _("Thu tiền")
    VOID_PAYMENT = "void_payment", _("Hủy biên lai")
    ENTER = "enter", _("Đến nơi giải quyết")
    PAPER_ARRIVED = "paper_arrived", _("Đã nhận bản giấy")
    OPEN_CORRECTION = "open_correction", _("Mở hồ sơ sửa sai sót")
    SEND_TO_AGENCY = "send_to_agency", _("Ghi đã gửi cơ quan giải quyết")
    AGENCY_RESULT = "agency_result", _("Ghi kết quả của cơ quan")


class Place(TextChoices):
    """Where the paper was taken in."""

    CENTRE = "centre", _("Tại trung tâm")
    HOME = "home", _("Tại nhà")
    MOBILE = "mobile", _("Điểm lưu động")


class IdentityCheck(TextChoices):
    """How the clerk knew who stood at the counter."""

    NONE = "none", _("Chưa kiểm tra")
    PAPER_SEEN = "paper_seen", _("Đã xem giấy tờ")
    CHIP_READ = "chip_read", _("Đọc chip căn cước")
    VNEID1 = "vneid1", _("VNeID mức 1")
    VNEID2 = "vneid2", _("VNeID mức 2")
    OTP = "otp", _("Mã xác thực một lần")


class PartyRole(TextChoices):
    """What a person is to the case."""

    PRINCIPAL = "principal", _("Chủ hồ sơ")
    FILER = "filer", _("Người nộp")
    HELPER = "helper", _("Người hỗ trợ")
    CONTACT = "contact", _("Người liên lạc")


class PartyKind(TextChoices):
    """A person or an organisation."""

    PERSON = "person", _("Cá nhân")
    ORGANISATION = "organisation", _("Tổ chức")


class IdKind(TextChoices):
    """The number by which a party is known."""

    PERSONAL = "personal", _("Số định danh cá nhân")
    OLD_CARD = "old_card", _("Chứng minh nhân dân 9 số")
    PASSPORT = "passport", _("Hộ chiếu")
    TAX_CODE = "tax_code", _("Mã số thuế")
    NONE = "none", _("Không có")


class Delivery(TextChoices):
    """How the result reaches the citizen (Nghị định 118/2025/NĐ-CP, Điều 22)."""

    COUNTER = "counter", _("Tại điểm tiếp nhận")
    POST = "post", _("Qua bưu chính")
    ELECTRONIC = "electronic", _("Bản điện tử")


class CaseKind(TextChoices):
    """An ordinary case, or the correction of an error in a result (Nghị định 118/2025/NĐ-CP, Điều 23)."""

    ORDINARY = "ordinary", _("Hồ sơ")
    CORRECTION = "correction", _("Sửa sai sót kết quả")


class ClockKind(TextChoices):
    """What happens to the clock of the law."""

    START = "start", _("Bắt đầu tính thời hạn")
    PAUSE = "pause", _("Dừng tính thời hạn")
    RESUME = "resume", _("Tính tiếp thời hạn")
    RESTART = "restart", _("Tính lại từ đầu")
    EXTEND = "extend", _("Gia hạn")
    STOP = "stop", _("Kết thúc thời hạn")


class DraftKind(TextChoices):
    """What a leader is asked to sign."""

    RESULT = "result", _("Kết quả")


class Decision(TextChoices):
    """What the leader said of a draft."""

    APPROVED = "approved", _("Đã ký")
    SENT_BACK = "sent_back", _("Trả lại")


class DocumentKind(TextChoices):
    """What the office prints (Thông tư 03/2025/TT-VPCP, Phụ lục I)."""

    RECEIPT = "receipt", _("Giấy tiếp nhận hồ sơ và hẹn trả kết quả")


class Digitised(IntegerChoices):
    """How far a paper is digitised, in the province's own codes."""

    NOT = 0, _("Chưa số hóa")
    SCANNED = 1, _("Được số hóa")
    REUSED = 2, _("Tái sử dụng")
    REUSED_RESULT = 3, _("Tái sử dụng từ kết quả hồ sơ khác")


class SlipKind(TextChoices):
    """What a walk-in that is not accepted takes home (Thông tư 03/2025/TT-VPCP, Phụ lục I, mẫu 02 và 03)."""

    GUIDANCE = "guidance", _("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ")
    REFUSAL = "refusal", _("Phiếu từ chối tiếp nhận, giải quyết hồ sơ")


class PaymentMethod(TextChoices):
    """How the money came (Nghị định 118/2025/NĐ-CP, Điều 24 khoản 1)."""

    CASH = "cash", _("Tiền mặt")
    TRANSFER = "transfer", _("Chuyển khoản")
    QR = "qr", _("Quét mã QR")


class OutboxStatus(TextChoices):
    """How far a message has come."""

    PENDING = "pending", _("Chờ gửi")
    SENDING = "sending", _("Đang gửi")
    SENT = "sent", _("Đã gửi")
    DEAD = "dead", _("Không gửi được")
    SKIPPED = "skipped", _("Không gửi")


class OutboxChannel(TextChoices):
    """By which way a message leaves."""

    IN_APP = "in_app", _("Trong ứng dụng")
    EMAIL = "email", _("Thư điện tử")
    SMS = "sms", _("Tin nhắn SMS")
    WEBHOOK = "webhook", _("Phần mềm khác")


class WebhookPause(TextChoices):
    """Why a receiver of case events is told nothing."""

    OFFICER = "officer", _("Cán bộ tạm dừng")
    GONE = "gone", _("Nơi nhận báo không còn dùng")


class NoticeKind(TextChoices):
    """What an officer is told."""

    FORWARDED = "forwarded", _("Hồ sơ mới chuyển đến")
    TAKEN = "taken", _("Hồ sơ đã chuyển người khác")
    SUBMITTED = "submitted", _("Có kết quả chờ ký")
    SENT_BACK = "sent_back", _("Dự thảo bị trả lại")
    APPROVED = "approved", _("Kết quả đã ký, chờ trả")
    WITHDRAWN = "withdrawn", _("Hồ sơ đã rút")
    VOIDED = "voided", _("Hồ sơ nhập nhầm đã hủy")
    FOREIGN_READY = "foreign_ready", _("Nơi giải quyết khác đã có kết quả, chờ trả")
    DIGEST = "digest", _("Việc trong ngày")


class CitizenNotice(TextChoices):
    """What a citizen is told of the case."""

    REGISTERED = "registered", _("đã tiếp nhận hồ sơ")
    DATE_MOVED = "date_moved", _("hẹn lại ngày trả kết quả")
    RESULT_READY = "result_ready", _("đã có kết quả")
    HANDED_OVER = "handed_over", _("đã trả kết quả")
    SLIP_GIVEN = "slip_given", _("đã lập phiếu tại quầy")


class Schedule(TextChoices):
    """What has to come round again and again."""

    DRAIN = "drain", _("Gửi tin chờ")
    MORNING_CHECK = "morning_check", _("Nhắc việc buổi sáng")
    USUAL_TIMES = "usual_times", _("Tính thời gian giải quyết thực tế")
    PRUNING = "pruning", _("Xóa dữ liệu hết hạn lưu")
