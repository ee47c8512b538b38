"""Addresses of cases; they are printed on paper and never change."""

from django.urls import path

from cases.views import approvals, arrivals, batch, case, foreign, intake, notices, queue, slips, tracking

app_name = "cases"
urlpatterns = [
    path("ho-so/", queue.queue, name="queue"),
    path("ho-so/tim/", queue.find, name="find"),
    path("ho-so/moi/", intake.intake, name="intake"),
    path("ho-so/moi/thu-tuc/", intake.procedure_options, name="intake_options"),
    path("ho-so/moi/xem-truoc/", intake.preview, name="intake_preview"),
    path("ho-so/nhieu/<slug:action>/", batch.batch, name="batch"),
    path("ho-so/noi-khac/", foreign.foreign, name="foreign"),
    path("ho-so/noi-khac/ban-giao/", foreign.hand_papers, name="handover"),
    path("ho-so/noi-khac/ban-giao/<int:year>/<int:serial>.pdf", foreign.handover_pdf, name="handover_pdf"),
    path("ho-so/noi-khac/<str:code>/", foreign.row, name="foreign_row"),
    path("ho-so/noi-khac/<str:code>/giay-tiep-nhan.pdf", foreign.receipt, name="foreign_receipt"),
    path("ho-so/tu-noi-khac/", arrivals.arrivals, name="arrivals"),
    path("ho-so/<str:code>/", case.case, name="case"),
    path("ho-so/<str:code>/da-tiep-nhan/", case.registered, name="registered"),
    path("ho-so/<str:code>/giay-tiep-nhan.pdf", case.receipt, name="receipt"),
    path("ho-so/<str:code>/buoc/<slug:action>/", case.move, name="move"),
    path("phieu/", slips.slips, name="slips"),
    path("phieu/lap/<slug:kind>/", slips.give, name="slip"),
    path("phieu/<int:year>/<int:serial>/", slips.given, name="slip_given"),
    path("phieu/<int:year>/<int:serial>/phieu.pdf", slips.document, name="slip_pdf"),
    path("ky-duyet/", approvals.approvals, name="approvals"),
    path("thong-bao/", notices.notices, name="notices"),
    path("tra-cuu/", tracking.track, name="track"),
    path("tra-cuu/t/<str:token>/", tracking.track_token, name="track_token"),
]
