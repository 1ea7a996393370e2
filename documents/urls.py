from django.urls import path

from documents import views

app_name = "documents"
urlpatterns = [
    path("document/", views.document_list, name="document-list"),
    path("cases/<uuid:pk>/document/add/", views.document_add, name="document-add"),
    path("document/<uuid:pk>/download/", views.document_download, name="document-download"),
]
