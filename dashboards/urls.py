from django.urls import path

from dashboards import views

app_name = "dashboards"
urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("figure/<slug:name>/", views.figure_list, name="figure-list"),
    path("trends/", views.trend_show, name="trend-show"),
    path("speed/", views.speed_show, name="speed-show"),
    path("speed/list/", views.speed_list, name="speed-list"),
    path("bail/", views.bail_show, name="bail-show"),
    path("aftercare/", views.road_show, name="road-show"),
    path("workload/", views.workload_show, name="workload-show"),
    path("adjournments/", views.adjournment_show, name="adjournment-show"),
    path("adjournments/hearings/", views.adjournment_list, name="adjournment-list"),
    path("adjournments/court/", views.adjournment_paper, name="adjournment-paper"),
    path("trail/", views.person_trail, name="person-trail"),
    path("survivor/<uuid:pk>/trail/", views.survivor_trail, name="survivor-trail"),
    path("access/", views.access_sheet, name="access-sheet"),
    path("access/<slug:rule>/", views.access_line, name="access-line"),
]
