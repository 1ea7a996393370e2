app_name = "prosecutions"
urlpatterns = []
