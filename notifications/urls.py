from django.urls import path

from notifications import views

app_name = "notifications"
urlpatterns = [
    path("inbox/", views.inbox_list, name="inbox-list"),
    path("inbox/count/", views.inbox_count, name="inbox-count"),
    path("inbox/rows/", views.inbox_rows, name="inbox-rows"),
    path("inbox/<uuid:pk>/", views.inbox_show, name="inbox-show"),
    path("inbox/<uuid:pk>/read/", views.inbox_read, name="inbox-read"),
    path("inbox/<uuid:pk>/acknowledge/", views.inbox_acknowledge, name="inbox-acknowledge"),
    path("alerts/<uuid:pk>/", views.alert_detail, name="alert-detail"),
    path("alerts/<uuid:pk>/acknowledge/", views.alert_acknowledge, name="alert-acknowledge"),
    path("alerts/<uuid:pk>/tell/", views.alert_tell, name="alert-tell"),
    path("hearings/<uuid:pk>/told/", views.hearing_told, name="hearing-told"),
    path("alerts/<uuid:pk>/hand-over/", views.alert_hand_over, name="alert-hand-over"),
    path("alerts/<uuid:pk>/take-over/", views.alert_take_over, name="alert-take-over"),
    path("alerts/<uuid:pk>/decline/", views.alert_decline, name="alert-decline"),
    path("alerts/<uuid:pk>/dismiss/", views.alert_dismiss, name="alert-dismiss"),
    path("alerts/hand-over/", views.alert_hand_over_all, name="alert-hand-over-all"),
    path("alerts/choices/", views.choice_set, name="choice-set"),
    path("alerts/today/", views.digest_show, name="digest-show"),
    path("rules/", views.rule_list, name="rule-list"),
    path("rules/<slug:rule>/tighten/", views.rule_tighten, name="rule-tighten"),
    path("rules/<slug:rule>/untune/", views.rule_untune, name="rule-untune"),
    path("alerts/channels/", views.endpoint_list, name="endpoint-list"),
    path("alerts/channels/try/", views.endpoint_try, name="endpoint-try"),
    path("alerts/channels/browser/", views.endpoint_subscribe, name="endpoint-subscribe"),
    path("alerts/channels/add/<slug:kind>/", views.endpoint_add, name="endpoint-add"),
    path("alerts/channels/<uuid:pk>/verify/", views.endpoint_verify, name="endpoint-verify"),
    path("alerts/channels/<uuid:pk>/code/", views.endpoint_code, name="endpoint-code"),
    path("alerts/channels/<uuid:pk>/rename/", views.endpoint_rename, name="endpoint-rename"),
    path("alerts/channels/<uuid:pk>/remove/", views.endpoint_remove, name="endpoint-remove"),
    path("alerts/receipts/<slug:provider>/", views.receipt_take, name="receipt-take"),
]
