"""`python -m bot.docs_pages` writes every page: `make docs`."""

import sys

from bot.docs_pages.pages import main

sys.exit(main())
