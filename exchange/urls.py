from django.urls import path

from exchange import views

app_name = "exchange"
urlpatterns = [
    path("export/", views.export_list, name="export-list"),
    path("export/add/", views.export_add, name="export-add"),
    path("export/choose/", views.export_choose, name="export-choose"),
    path("export/board/add/", views.board_add, name="board-add"),
    path("export/donor/add/", views.donor_add, name="donor-add"),
    path("export/figures/add/", views.figures_add, name="figures-add"),
    path("export/htcds/add/", views.htcds_add, name="htcds-add"),
    path("export/htcds/fields/", views.htcds_fields, name="htcds-fields"),
    path("export/<uuid:pk>/", views.export_detail, name="export-detail"),
    path("export/<uuid:pk>/download/", views.export_download, name="export-download"),
    path("export/<uuid:pk>/approve/", views.export_approve, name="export-approve"),
    path("export/<uuid:pk>/refuse/", views.export_refuse, name="export-refuse"),
    path("export/<uuid:pk>/cancel/", views.export_cancel, name="export-cancel"),
    path("cases/<uuid:pk>/summary/add/", views.summary_add, name="summary-add"),
    path("cases/<uuid:pk>/file/add/", views.case_file_add, name="case-file-add"),
    path("keys/", views.key_list, name="key-list"),
    path("keys/add/", views.key_add, name="key-add"),
    path("keys/<uuid:pk>/check/", views.key_check, name="key-check"),
    path("keys/<uuid:pk>/end/", views.key_end, name="key-end"),
    path("export/<uuid:pk>/handover/add/", views.handover_add, name="handover-add"),
    path("handover/<uuid:pk>/revoke/", views.handover_revoke, name="handover-revoke"),
    path("h/<slug:token>/", views.handover_open, name="handover-open"),
    path("share/", views.share_list, name="share-list"),
    path("cases/<uuid:pk>/share/add/", views.share_add, name="share-add"),
    path("share/<uuid:pk>/end/", views.share_end, name="share-end"),
    path("shared/", views.shared_list, name="shared-list"),
    path("shared/<uuid:pk>/", views.shared_detail, name="shared-detail"),
]
