"""What the office does with the data of people who come to it."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from staff.choices import PROVINCE_HOTLINE
from staff.places import phone_of


@login_not_required
@require_safe
def personal_data(request: HttpRequest) -> HttpResponse:
    return render(request, "staff/personal_data.html", {"hotline": phone_of(PROVINCE_HOTLINE)})
