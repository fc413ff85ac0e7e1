"""`python -m bot …` is `souci …`."""

import sys

from bot.cli.words import main

sys.exit(main())
