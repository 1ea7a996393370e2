from django.urls import path

from diary import views

app_name = "diary"
urlpatterns = [
    path("", views.calendar_show, name="calendar-show"),
    path("check/", views.clash_check, name="clash-check"),
    path("feed/", views.feed_list, name="feed-list"),
    path("feed/add/", views.feed_add, name="feed-add"),
    path("feed/<uuid:pk>/renew/", views.feed_renew, name="feed-renew"),
    path("feed/<uuid:pk>/revoke/", views.feed_revoke, name="feed-revoke"),
    path("feed/<slug:token>.ics", views.feed_read, name="feed-read"),
]
