from django.urls import path

from operations import views

app_name = "operations"
urlpatterns = [
    path("operation/", views.operation_list, name="operation-list"),
    path("cases/<uuid:pk>/operation/plan/", views.operation_plan, name="operation-plan"),
    path("cases/<uuid:pk>/operation/add/", views.operation_add, name="operation-add"),
    path("operation/<uuid:pk>/", views.operation_detail, name="operation-detail"),
    path("operation/<uuid:pk>/record/", views.operation_record, name="operation-record"),
    path("operation/<uuid:pk>/edit/", views.operation_edit, name="operation-edit"),
    path("operation/<uuid:pk>/schedule/", views.operation_schedule, name="operation-schedule"),
    path("operation/<uuid:pk>/cancel/", views.operation_cancel, name="operation-cancel"),
    path("operation/<uuid:pk>/approve/", views.operation_approve, name="operation-approve"),
    path("operation/<uuid:pk>/open/", views.operation_open, name="operation-open"),
    path("operation/<uuid:pk>/knew/", views.operation_knew, name="operation-knew"),
    path("operation/<uuid:pk>/insider/add/", views.insider_add, name="insider-add"),
    path("insider/<uuid:pk>/approve/", views.insider_approve, name="insider-approve"),
    path("insider/<uuid:pk>/end/", views.insider_end, name="insider-end"),
    path("operation/<uuid:pk>/site/add/", views.site_add, name="site-add"),
    path("cases/<uuid:pk>/venue/add/", views.venue_add, name="venue-add"),
    path("venue/<uuid:pk>/close/", views.venue_close, name="venue-close"),
    path("cases/<uuid:pk>/headcount/add/", views.headcount_add, name="headcount-add"),
    path("cases/<uuid:pk>/investigation/add/", views.investigation_add, name="investigation-add"),
    path("cases/<uuid:pk>/lookout/send/", views.lookout_send, name="lookout-send"),
    path("lookout/<uuid:pk>/", views.lookout_detail, name="lookout-detail"),
    path("lookout/<uuid:pk>/close/", views.lookout_close, name="lookout-close"),
    path("lookout/<uuid:pk>/renew/", views.lookout_renew, name="lookout-renew"),
    path("lookout/<uuid:pk>/decide/", views.lookout_decide, name="lookout-decide"),
    path("card/", views.card_list, name="card-list"),
    path("card/<uuid:pk>/", views.card_detail, name="card-detail"),
    path("card/<uuid:pk>/reply/", views.card_reply, name="card-reply"),
]
