"""Addresses of signing in and out."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from . import views
from .factors import views as factors
from .sign_ins import views as sign_ins
from .single_sign_on import views as single_sign_on

app_name = "accounts"
urlpatterns = [
    path("login/", views.LoginView.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("sso/", single_sign_on.begin, name="sso"),
    path("sso/back/", single_sign_on.back, name="sso_back"),
    path("kept/", sign_ins.kept_form, name="kept"),
    path("landing/", views.landing, name="landing"),
    path("profile/", views.profile, name="profile"),
    path("code/", factors.code, name="code"),
    path("security/", factors.security, name="security"),
    path("security/factor/", factors.factor, name="factor"),
    path("security/factor/new-phone/", factors.forget_factor, name="forget_factor"),
    path("security/passkey/", factors.passkey, name="passkey"),
    path("security/passkey/<int:pk>/remove/", factors.forget_passkey, name="forget_passkey"),
    path("security/prove/", factors.prove, name="prove"),
    path("security/codes/", factors.recovery_codes, name="recovery_codes"),
    path("security/password/", factors.PasswordView.as_view(), name="password"),
    path("security/sessions/<int:pk>/end/", sign_ins.end, name="end_session"),
    path("security/sign-out/", factors.sign_out_everywhere, name="sign_out_everywhere"),
]
