"""Addresses of cases; they are printed on paper and never change."""

from django.urls import path

from cases.views import approvals, batch, case, intake, notices, payments, queue, slips, tracking

app_name = "cases"
urlpatterns = [
    path("ho-so/", queue.queue, name="queue"),
    path("ho-so/tim/", queue.find, name="find"),
    path("ho-so/moi/", intake.intake, name="intake"),
    path("ho-so/moi/thu-tuc/", intake.procedure_options, name="intake_options"),
    path("ho-so/moi/xem-truoc/", intake.preview, name="intake_preview"),
    path("ho-so/nhieu/<slug:action>/", batch.batch, name="batch"),
    path("ho-so/<str:code>/", case.case, name="case"),
    path("ho-so/<str:code>/da-tiep-nhan/", case.registered, name="registered"),
    path("ho-so/<str:code>/giay-tiep-nhan.pdf", case.receipt, name="receipt"),
    path("ho-so/<str:code>/buoc/<slug:action>/", case.move, name="move"),
    path("ho-so/<str:code>/thu-tien/", payments.take, name="take_payment"),
    path("ho-so/<str:code>/thu-tien/<int:payment>/huy/", payments.void, name="void_payment"),
    path("thu-tien/hom-nay/", payments.till, name="till"),
    path("phieu/", slips.slips, name="slips"),
    path("phieu/lap/<slug:kind>/", slips.give, name="slip"),
    path("phieu/<int:year>/<int:serial>/", slips.given, name="slip_given"),
    path("phieu/<int:year>/<int:serial>/phieu.pdf", slips.document, name="slip_pdf"),
    path("ky-duyet/", approvals.approvals, name="approvals"),
    path("thong-bao/", notices.notices, name="notices"),
    path("tra-cuu/", tracking.track, name="track"),
    path("tra-cuu/t/<str:token>/", tracking.track_token, name="track_token"),
]
