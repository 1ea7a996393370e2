def summary_of(survivor):
    return None
