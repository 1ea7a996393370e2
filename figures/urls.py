from django.urls import path

from figures import views

app_name = "figures"
urlpatterns = [
    path("", views.definition_list, name="definition-list"),
    path("definition/<slug:name>/", views.definition_detail, name="definition-detail"),
]
