# ruff: noqa: E501
"""Documents of our own writing about one invented call, a later call, and a look back."""

from __future__ import annotations

from typing import Any

ACCOUNTS: tuple[dict[str, Any], ...] = (
    {
        "id": "astana", "title": "The minister spoke with his colleague", "issuer": "Ministry of Foreign Affairs of Kazakhstan",
        "date": "2024-03-05",
        "text": "ASTANA, 5 March 2024 - Kazakh Foreign Minister Murat Nurtleu called Chinese Foreign Minister Wang Yi. "
                "Nurtleu said that Kazakhstan will open two more rail terminals this year. The ministers discussed trade, "
                "transit, water and visas. Nurtleu expressed concern over the delays at the border.",
    },
    {
        "id": "beijing", "title": "Wang Yi speaks by phone", "issuer": "Ministry of Foreign Affairs of China",
        "date": "2024-03-05",
        "text": "BEIJING, 5 March 2024 - Chinese Foreign Minister Wang Yi spoke by phone with Kazakh Foreign Minister Murat "
                "Nurtleu. Nurtleu said that Kazakhstan is ready to open two more rail terminals. The ministers discussed "
                "trade and transit. Wang said that China supports the independence of Kazakhstan.",
    },
    {
        "id": "agency", "title": "Ministers talk", "issuer": "Interpress", "date": "2024-03-06",
        "text": "ASTANA, 6 March 2024 - Kazakh Foreign Minister Murat Nurtleu called Chinese Foreign Minister Wang Yi on 5 "
                "March 2024. Nurtleu said that Kazakhstan will open two more rail terminals this year. The ministers "
                "discussed trade, transit, water and visas.",
    },
    {
        "id": "later", "title": "A second call", "issuer": "Ministry of Foreign Affairs of China", "date": "2024-03-09",
        "text": "BEIJING, 9 March 2024 - Chinese Foreign Minister Wang Yi called Kazakh Foreign Minister Murat Nurtleu. Wang "
                "said that China will send a delegation to Astana.",
    },
)  # fmt: skip
