from cases.actions.holding import lock_case, touch

__all__ = ["lock_case", "touch"]
