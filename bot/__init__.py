"""The shell: composition, configuration, dispatch, Matrix, clock, speech, console, command line."""

import sys

# structlog loads rich wherever it is installed, for traces that we do not draw: 3 MiB for good.
if "rich" not in sys.modules and "structlog" not in sys.modules:
    sys.modules["rich"] = None  # type: ignore[assignment]
    try:
        import structlog  # noqa: F401
    finally:
        del sys.modules["rich"]
