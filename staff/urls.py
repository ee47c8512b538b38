"""Addresses of the office itself; they are printed on paper and never change."""

from django.urls import path

from staff.views import account, gate, places, privacy, tokens

app_name = "staff"
urlpatterns = [
    path("dang-nhap/", gate.sign_in, name="sign_in"),
    path("dang-xuat/", gate.sign_out, name="sign_out"),
    path("mat-khau/", gate.change_password, name="change_password"),
    path("noi-lam-viec/", gate.choose_membership, name="choose_membership"),
    path("tai-khoan/", account.account, name="account"),
    path("tai-khoan/phim-tat/", account.set_shortcuts, name="set_shortcuts"),
    path("tai-khoan/khoa-api/", tokens.tokens, name="tokens"),
    path("tai-khoan/khoa-api/<int:number>/thu-hoi/", tokens.revoke, name="revoke_token"),
    path("du-lieu-ca-nhan/", privacy.personal_data, name="personal_data"),
    path("xa/", places.communes, name="communes"),
    path("xa/<str:gso_code>/", places.commune, name="commune"),
]
