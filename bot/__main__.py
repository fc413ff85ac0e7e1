"""`python -m bot …` is `souci …`."""

import sys

from bot.cli import main

sys.exit(main())
