from django.urls import path

from notifications import views

app_name = "notifications"
urlpatterns = [
    path("inbox/", views.inbox_list, name="inbox-list"),
    path("inbox/count/", views.inbox_count, name="inbox-count"),
    path("inbox/<uuid:pk>/", views.inbox_show, name="inbox-show"),
    path("inbox/<uuid:pk>/read/", views.inbox_read, name="inbox-read"),
    path("inbox/<uuid:pk>/acknowledge/", views.inbox_acknowledge, name="inbox-acknowledge"),
    path("alerts/<uuid:pk>/", views.alert_detail, name="alert-detail"),
    path("alerts/<uuid:pk>/acknowledge/", views.alert_acknowledge, name="alert-acknowledge"),
    path("rules/", views.rule_list, name="rule-list"),
]
