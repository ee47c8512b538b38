"""Addresses of cases; they are printed on paper and never change."""

from django.urls import path

from cases.views import (
    approvals,
    batch,
    case,
    corrections,
    files,
    intake,
    notices,
    queue,
    recall,
    signing,
    slips,
    tracking,
    typed,
)

app_name = "cases"
urlpatterns = [
    path("ho-so/", queue.queue, name="queue"),
    path("ho-so/tim/", queue.find, name="find"),
    path("ho-so/moi/", intake.intake, name="intake"),
    path("ho-so/moi/thu-tuc/", intake.procedure_options, name="intake_options"),
    path("ho-so/moi/xem-truoc/", intake.preview, name="intake_preview"),
    path("ho-so/moi/da-khai/", recall.recall, name="intake_recall"),
    path("ho-so/moi/bo/", typed.drop, name="typed_drop"),
    path("ho-so/moi/da-dang-nhap/", typed.signed_in, name="signed_in"),
    path("ho-so/nhieu/<slug:action>/", batch.batch, name="batch"),
    path("ho-so/<str:code>/", case.case, name="case"),
    path("ho-so/<str:code>/da-tiep-nhan/", case.registered, name="registered"),
    path("ho-so/<str:code>/giay-tiep-nhan.pdf", case.receipt, name="receipt"),
    path("ho-so/<str:code>/buoc/<slug:action>/", case.move, name="move"),
    path("ho-so/<str:code>/giay-to/", files.papers, name="papers"),
    path("ho-so/<str:code>/giay-to/dung-lai/", files.use_again, name="paper_reuse"),
    path("ho-so/<str:code>/giay-to/<int:paper>/", files.digitise, name="digitise"),
    path("ho-so/<str:code>/tep/<str:key>/", files.serve, name="file"),
    path("ho-so/<str:code>/giay-tiep-nhan-<int:copy>.pdf", corrections.receipt_copy, name="receipt_copy"),
    path("ho-so/<str:code>/sua/", corrections.amend, name="amend"),
    path("ho-so/<str:code>/huy/", corrections.void, name="void"),
    path("ho-so/<str:code>/in-lai/", corrections.reprint, name="reprint"),
    path("phieu/", slips.slips, name="slips"),
    path("phieu/lap/<slug:kind>/", slips.give, name="slip"),
    path("phieu/<int:year>/<int:serial>/", slips.given, name="slip_given"),
    path("phieu/<int:year>/<int:serial>/phieu.pdf", slips.document, name="slip_pdf"),
    path("ky-duyet/", approvals.approvals, name="approvals"),
    path("ky-duyet/nhieu/", signing.approve_batch, name="approve_batch"),
    path("thong-bao/", notices.notices, name="notices"),
    path("tra-cuu/", tracking.track, name="track"),
    path("tra-cuu/t/<str:token>/", tracking.track_token, name="track_token"),
]
