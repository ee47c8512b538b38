import json

import pytest
from django.http import Http404
from rest_framework import exceptions

from config.api_errors import answer_fault, answer_problem
from staff.errors import OfficeError


def test_office_rule_becomes_a_422_problem():
    answer = answer_problem(OfficeError("no_computable_limit", "Không tính được thời hạn."), {})

    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"
    assert answer.data == {
        "type": "about:blank",
        "title": "Dữ liệu chưa hợp lệ",
        "status": 422,
        "code": "no_computable_limit",
        "detail": "Không tính được thời hạn.",
        "errors": [],
    }


def test_stale_version_becomes_a_409_problem():
    answer = answer_problem(OfficeError("stale", "Hồ sơ vừa được người khác cập nhật."), {})

    assert (answer.status_code, answer.data["title"]) == (409, "Dữ liệu đã thay đổi")


def test_validation_errors_are_listed_with_the_way_to_their_field():
    error = exceptions.ValidationError(
        {
            "papers": [{}, {"name": ["Cần tên giấy tờ."]}],
            "non_field_errors": [exceptions.ErrorDetail("Ngày không khớp.", code="mismatch")],
        }
    )

    answer = answer_problem(error, {})

    assert answer.status_code == 422
    assert answer.data["errors"] == [
        {"field": "papers.1.name", "code": "invalid", "message": "Cần tên giấy tờ."},
        {"field": None, "code": "mismatch", "message": "Ngày không khớp."},
    ]


@pytest.mark.parametrize(
    ("error", "status", "code", "detail"),
    [
        (Http404(), 404, "not_found", "Không tìm thấy dữ liệu được yêu cầu."),
        (
            exceptions.PermissionDenied(),
            403,
            "permission_denied",
            "Vai trò hiện tại không được làm việc này.",
        ),
        (exceptions.ParseError("x"), 400, "parse_error", "Nội dung gửi lên không đọc được."),
        (exceptions.Throttled(wait=7), 429, "throttled", "Vui lòng thử lại sau ít phút."),
        (
            exceptions.MethodNotAllowed("PUT"),
            405,
            "method_not_allowed",
            "Địa chỉ này không nhận phương thức vừa dùng.",
        ),
    ],
)
def test_framework_refusals_are_worded_in_vietnamese(error, status, code, detail):
    answer = answer_problem(error, {})

    assert (answer.status_code, answer.data["code"], answer.data["detail"]) == (status, code, detail)


def test_throttled_keeps_the_time_to_wait():
    assert answer_problem(exceptions.Throttled(wait=7), {}).headers["Retry-After"] == "7"


def test_fault_is_not_a_problem_document():
    assert answer_problem(ZeroDivisionError(), {}) is None


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post", "delete"])
def test_unknown_address_of_the_api_is_a_problem_document(client, method):
    answer = getattr(client, method)("/api/v1/nowhere/")

    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "not_found"


def test_fault_in_the_api_is_a_problem_document_too(rf):
    answer = answer_fault(rf.get("/api/v1/procedures/"))

    assert (answer.status_code, json.loads(answer.content)["code"]) == (500, "fault")


@pytest.mark.django_db
def test_schema_is_public(client):
    assert client.get("/api/schema/").status_code == 200
