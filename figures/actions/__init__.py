from figures.actions.months import jumps_of, sign_month

__all__ = ["jumps_of", "sign_month"]
