from dashboards.views.adjournments import adjournment_list, adjournment_paper, adjournment_show
from dashboards.views.directing import bail_show, road_show, speed_list, speed_show, trend_show, workload_show
from dashboards.views.figures import dashboard, figure_list
from dashboards.views.trails import access_line, access_sheet, person_trail, survivor_trail

__all__ = [
    "access_line",
    "access_sheet",
    "adjournment_list",
    "adjournment_paper",
    "adjournment_show",
    "bail_show",
    "dashboard",
    "figure_list",
    "person_trail",
    "road_show",
    "speed_list",
    "speed_show",
    "survivor_trail",
    "trend_show",
    "workload_show",
]
