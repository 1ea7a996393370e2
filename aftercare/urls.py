from django.urls import path

from aftercare import views

app_name = "aftercare"
urlpatterns = [
    path("care/", views.care_list, name="care-list"),
    path("cases/<uuid:pk>/care/add/", views.care_open, name="care-open"),
    path("care/<uuid:pk>/", views.care_detail, name="care-detail"),
    path("care/<uuid:pk>/assign/", views.care_assign, name="care-assign"),
    path("care/<uuid:pk>/outcome/", views.care_outcome, name="care-outcome"),
    path("care/<uuid:pk>/placement/start/", views.placement_start, name="placement-start"),
    path("placement/<uuid:pk>/end/", views.placement_end, name="placement-end"),
    path("placement/<uuid:pk>/shelter/", views.shelter_open, name="shelter-open"),
    path("care/<uuid:pk>/plan/make/", views.plan_make, name="plan-make"),
    path("plan/<uuid:pk>/review/", views.plan_review, name="plan-review"),
    path("plan/<uuid:pk>/goal/set/", views.goal_set, name="goal-set"),
    path("plan/<uuid:pk>/goal/<uuid:goal>/set/", views.goal_set, name="goal-set"),
    path("goal/<uuid:pk>/move/", views.goal_move, name="goal-move"),
    path("care/<uuid:pk>/assessment/score/", views.assessment_score, name="assessment-score"),
    path("care/<uuid:pk>/service/log/", views.service_log, name="service-log"),
    path("care/<uuid:pk>/entitlement/set/", views.entitlement_set, name="entitlement-set"),
    path("care/<uuid:pk>/entitlement/<uuid:entitlement>/set/", views.entitlement_set, name="entitlement-set"),
    path("care/<uuid:pk>/therapy/add/", views.therapy_add, name="therapy-add"),
    path("therapy/<uuid:pk>/", views.therapy_detail, name="therapy-detail"),
    path("care/<uuid:pk>/milestone/reach/", views.milestone_reach, name="milestone-reach"),
]
