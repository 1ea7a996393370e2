from hooks.views.hooks import (
    hook_add,
    hook_detail,
    hook_end,
    hook_list,
    hook_pause,
    hook_resend,
    hook_resume,
    hook_rotate,
    hook_secret,
)

__all__ = [
    "hook_add",
    "hook_detail",
    "hook_end",
    "hook_list",
    "hook_pause",
    "hook_resend",
    "hook_resume",
    "hook_rotate",
    "hook_secret",
]
