"""The shell: composition, configuration, dispatch, Matrix, clock, speech, console, command line."""

import sys

# The demo needs rich; structlog loads it wherever it is installed, for traces that we do not draw,
# in a module that its package imports: a bot would keep a hundred modules and 6 MiB for nothing.
if "rich" not in sys.modules and "structlog" not in sys.modules:
    sys.modules["rich"] = None  # type: ignore[assignment] # none is there
    try:
        import structlog  # noqa: F401 - loaded here, without it
    finally:
        del sys.modules["rich"]
