from django.urls import path

from desk import views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("desk/cases/<uuid:pk>/", views.case_page, name="case-page"),
    path("desk/cases/<uuid:pk>/lanes/", views.case_lanes, name="case-lanes"),
    path("desk/cases/<uuid:pk>/network/", views.case_network, name="case-network"),
    path("desk/networks/<uuid:pk>/", views.ring_page, name="ring-page"),
]
