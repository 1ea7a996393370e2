from django.urls import path

from documents import views

app_name = "documents"
urlpatterns = [
    path("document/", views.document_list, name="document-list"),
    path("cases/<uuid:pk>/document/add/", views.document_add, name="document-add"),
    path("document/<uuid:pk>/", views.document_detail, name="document-detail"),
    path("document/<uuid:pk>/download/", views.document_download, name="document-download"),
    path("document/<uuid:pk>/clean/", views.document_clean, name="document-clean"),
    path("document/<uuid:pk>/picture/", views.document_picture, name="document-picture"),
    path("document/<uuid:pk>/redact/", views.document_redact, name="document-redact"),
    path("document/<uuid:pk>/version/add/", views.version_add, name="version-add"),
    path("document/<uuid:pk>/evidence/", views.evidence_sheet, name="evidence-sheet"),
    path("document/<uuid:pk>/evidence/record/", views.evidence_record, name="evidence-record"),
]
