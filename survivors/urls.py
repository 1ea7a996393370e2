from django.urls import path

from survivors import views

app_name = "survivors"
urlpatterns = [
    path("survivor/", views.survivor_list, name="survivor-list"),
    path("cases/<uuid:pk>/survivor/add/", views.survivor_add, name="survivor-add"),
    path("survivor/<uuid:pk>/", views.survivor_detail, name="survivor-detail"),
    path("survivor/<uuid:pk>/edit/", views.survivor_edit, name="survivor-edit"),
    path("survivor/<uuid:pk>/identity/", views.identity_open, name="identity-open"),
    path("survivor/<uuid:pk>/identity/edit/", views.identity_edit, name="identity-edit"),
    path("identity/search/", views.identity_search, name="identity-search"),
    path("survivor/<uuid:pk>/miss/", views.survivor_miss, name="survivor-miss"),
    path("survivor/<uuid:pk>/witness/edit/", views.witness_edit, name="witness-edit"),
    path("survivor/<uuid:pk>/family/", views.family_join, name="family-join"),
    path("family/<uuid:pk>/edit/", views.family_edit, name="family-edit"),
    path("headcount/<uuid:pk>/excuse/", views.arrival_excuse, name="arrival-excuse"),
    path("unregistered/<uuid:pk>/recall/", views.arrival_recall, name="arrival-recall"),
    path("survivor/<uuid:pk>/age/add/", views.age_add, name="age-add"),
    path("survivor/<uuid:pk>/episode/add/", views.episode_add, name="episode-add"),
    path("survivor/<uuid:pk>/relief/add/", views.relief_add, name="relief-add"),
    path("survivor/<uuid:pk>/kinship/add/", views.kinship_add, name="kinship-add"),
    path("survivor/<uuid:pk>/statement/add/", views.statement_add, name="statement-add"),
    path("survivor/<uuid:pk>/consents/", views.consent_list, name="consent-list"),
    path("survivor/<uuid:pk>/consent/add/", views.consent_add, name="consent-add"),
    path("relief/<uuid:pk>/recapture/", views.relief_recapture, name="relief-recapture"),
    path("consent/<uuid:pk>/withdraw/", views.consent_withdraw, name="consent-withdraw"),
    path("threat/", views.threat_list, name="threat-list"),
    path("cases/<uuid:pk>/threat/report/", views.threat_report, name="threat-report"),
    path("threat/<uuid:pk>/", views.threat_detail, name="threat-detail"),
    path("threat/<uuid:pk>/answer/", views.threat_answer, name="threat-answer"),
    path("survivor/<uuid:pk>/contact-rule/", views.contact_rule_edit, name="contact-rule-edit"),
]
