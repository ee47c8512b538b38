"""The first page: one question and one field."""

from typing import Final

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from procedures import actions, catalogue
from procedures.forms import SearchForm
from procedures.hits import shown_hits
from staff import clock

LIFE_EVENTS: Final = (
    ("baby", _("Sinh con"), _("Khai sinh, bảo hiểm, trợ cấp"), "sinh con"),
    ("rings", _("Kết hôn"), _("Đăng ký, xác nhận độc thân"), "kết hôn"),
    ("house", _("Làm nhà, đất đai"), _("Giấy phép xây dựng, sổ đỏ"), "làm nhà"),
    ("coin", _("Mở quán, kinh doanh"), _("Đăng ký hộ kinh doanh"), "mở quán"),
    ("elder", _("Người già, người khuyết tật"), _("Trợ cấp hằng tháng"), "trợ cấp hằng tháng"),
    ("incense", _("Người nhà mất"), _("Khai tử, mai táng phí"), "người mất"),
)


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What did you come for? A search that finds nothing is counted for the editors, by its words alone."""
    at, form = clock.now(), SearchForm(request.GET)
    query = form.cleaned_data["q"] if form.is_valid() else ""
    found = catalogue.search(query, day=clock.localdate(at)) if query else []
    if query and not found:
        actions.record_search_miss(query, at=at)
    context = {"form": form, "query": query, "hits": shown_hits(found, at=at), "life_events": LIFE_EVENTS}
    return render(request, "procedures/home.html", context, status=422 if form.errors else 200)
