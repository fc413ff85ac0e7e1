"""A code to sign in with, shown on a terminal: to be entered in a browser, on whatever machine."""

from collections.abc import Callable
from datetime import timedelta

from bot.matrix.net.oauth import DeviceCode


def show_code(user_id: str) -> Callable[[DeviceCode], None]:
    """Shows a code for that account."""

    def show(code: DeviceCode) -> None:
        minutes = max(round(timedelta(seconds=code.lasts) / timedelta(minutes=1)), 1)
        print(f"Open this address in a browser, here or on a phone, and sign in as {user_id}:\n")
        print(f"    {code.whole_link or code.link}\n")
        print(f"Code: {code.by_hand}   (good for {minutes} min; Ctrl-C gives up)", flush=True)

    return show
