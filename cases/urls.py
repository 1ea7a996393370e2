from django.urls import path

from cases import views

app_name = "cases"
urlpatterns = [
    path("", views.case_list, name="case-list"),
    path("open/", views.case_open, name="case-open"),
    path("<uuid:pk>/edit/", views.case_edit, name="case-edit"),
    path("<uuid:pk>/seal/", views.case_seal, name="case-seal"),
    path("<uuid:pk>/team/", views.case_team, name="case-team"),
    path("<uuid:pk>/trail/", views.case_trail, name="case-trail"),
    path("<uuid:pk>/track/<slug:track>/move/", views.track_move, name="track-move"),
    path("<uuid:pk>/assignment/add/", views.assignment_add, name="assignment-add"),
    path("assignment/<uuid:pk>/end/", views.assignment_end, name="assignment-end"),
    path("<uuid:pk>/referral/add/", views.referral_add, name="referral-add"),
    path("<uuid:pk>/agency/add/", views.agency_add, name="agency-add"),
    path("<uuid:pk>/grant/add/", views.grant_add, name="grant-add"),
    path("<uuid:pk>/link/add/", views.link_add, name="link-add"),
    path("<uuid:pk>/milestone/add/", views.milestone_add, name="milestone-add"),
    path("<uuid:pk>/risk/assess/", views.risk_assess, name="risk-assess"),
    path("deputy/", views.deputy_list, name="deputy-list"),
    path("deputy/set/", views.deputy_set, name="deputy-set"),
    path("deputy/<int:pk>/end/", views.deputy_end, name="deputy-end"),
    path("absences/<int:pk>/end/", views.absence_end, name="absence-end"),
    path("emergency/", views.emergency_list, name="emergency-list"),
    path("emergency/open/", views.emergency_open, name="emergency-open"),
    path("emergency/<uuid:pk>/review/", views.emergency_review, name="emergency-review"),
    path("emergency/<uuid:pk>/end/", views.emergency_end, name="emergency-end"),
    path("note/", views.note_list, name="note-list"),
    path("<uuid:pk>/note/add/", views.note_add, name="note-add"),
    path("task/", views.task_list, name="task-list"),
    path("<uuid:pk>/task/add/", views.task_add, name="task-add"),
    path("task/<uuid:pk>/finish/", views.task_finish, name="task-finish"),
]
