"""Addresses of the supervisors, and of the rewards."""

from django.urls import path

from . import views
from .rewards import views as rewards

app_name = "supervisors"
urlpatterns = [
    path("", views.supervisor_list, name="list"),
    path("rewards/", rewards.rewards, name="rewards"),
    path("rewards/cases/<int:pk>/", rewards.sheet, name="case_reward"),
    path("rewards/cases/<int:pk>/propose/<int:complaint_pk>/", rewards.propose, name="propose_reward"),
    path("rewards/cases/<int:pk>/decline/<int:complaint_pk>/", rewards.decline, name="decline_reward"),
    path("rewards/<int:pk>/decide/", rewards.decide, name="decide_reward"),
    path("rewards/<int:pk>/cancel/", rewards.cancel, name="cancel_reward"),
    path("rewards/<int:pk>/collect/<int:place>/", rewards.hand_in, name="hand_in_reward"),
    path("rewards/<int:pk>/decision/", rewards.decision, name="reward_decision"),
]
