"""Programs started without what lets root write into any file, whatever its mode says."""

import os
import shutil

_DROPS = ("setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override")


def without_rights() -> tuple[str, ...]:
    """The words before a command that take this right from it; none where nobody is root.

    Raises FileNotFoundError for root without setpriv (util-linux, which every Debian has).
    """
    if os.geteuid() != 0:
        return ()
    if shutil.which(_DROPS[0]) is None:
        raise FileNotFoundError("setpriv (util-linux): root writes into any file without it")
    return _DROPS
