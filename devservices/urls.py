"""Addresses of a developer's machine."""

from django.urls import path

from devservices import views

app_name = "devservices"
urlpatterns = [
    path("mail/", views.mail_list, name="mail-list"),
    path("mail/<str:name>/", views.mail_show, name="mail-show"),
]
