from django.urls import path

from dashboards import views

app_name = "dashboards"
urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("figure/<slug:name>/", views.figure_list, name="figure-list"),
    path("trail/", views.person_trail, name="person-trail"),
]
