"""Getting in and out, one's own account, and who else gets in."""

from django.urls import URLPattern, path

from saisaat.web.account import access_views, line_views, open_views, own_views, views

urlpatterns: list[URLPattern] = [
    path("sign-in", views.sign_in, name="sign-in"),
    path("sign-in/code", views.code, name="sign-in-code"),
    path("sign-in/line", line_views.line, name="line"),
    path("sign-in/line/back", line_views.line_back, name="line-back"),
    path("sign-out", views.sign_out, name="sign-out"),
    path("begin/<str:word>", open_views.first_run, name="first-run"),
    path("invitation/<str:word>", open_views.invitation, name="invitation"),
    path("welcome", own_views.welcome, name="welcome"),
    path("account", own_views.account, name="account"),
    path("account/password", own_views.password, name="account-password"),
    path("account/phone", own_views.totp, name="account-totp"),
    path("account/phone.svg", own_views.totp_qr, name="account-totp-qr"),
    path("account/codes", own_views.codes, name="account-codes"),
    path("account/line", own_views.line_link, name="account-line"),
    path("account/sign-out", own_views.sign_out_everywhere, name="account-sign-out"),
    path("access", access_views.access, name="access"),
    path("access/invite", access_views.access_invite, name="access-invite"),
    path("access/link", access_views.access_link, name="access-link"),
    path("access/<str:account>", access_views.access_account, name="access-account"),
    path("access/<str:account>/grant", access_views.access_grant, name="access-grant"),
    path("access/<str:account>/revoke", access_views.access_revoke, name="access-revoke"),
    path("access/<str:account>/close", access_views.access_close, name="access-close"),
    path("access/<str:account>/again", access_views.access_again, name="access-again"),
    path("access/invitations/<str:invitation>/resend", access_views.access_resend, name="access-resend"),
    path("access/invitations/<str:invitation>/withdraw", access_views.access_withdraw, name="access-withdraw"),
]
