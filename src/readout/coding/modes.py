"""What is promised, asked, refused or threatened gives the finer CAMEO code: 0331 promises money."""

from __future__ import annotations

COOPERATIVE = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"})
HOSTILE = frozenset({"SANCTION", "PROTEST", "MOBILIZE", "COERCE", "ASSAULT"})

_PROMISED = {"COOPERATE": "031", "AID": "033", "CONSULT": "036", "SUPPORT": "032", "CONCEDE": "035", "RETREAT": "035"}
_PROMISED_FINE = {
    "061": "0311", "062": "0312", "063": "0313", "064": "0314", "071": "0331", "072": "0332", "073": "0333",
    "074": "0334", "0831": "0341", "083": "034", "081": "0351", "0841": "0353", "0842": "0353", "085": "0354",
    "086": "0355", "0871": "0356", "0874": "0356", "045": "039",
}  # fmt: skip
_ASKED = {"COOPERATE": "1", "SUPPORT": "2", "AID": "3", "CONCEDE": "5", "RETREAT": "5", "CONSULT": "6", "AGREE": "0"}
_ASKED_FINE = {
    "061": "11", "062": "12", "063": "13", "064": "14", "071": "31", "072": "32", "073": "33", "074": "34",
    "0831": "41", "083": "4", "081": "51", "0841": "53", "0842": "53", "085": "54", "086": "55", "0871": "56",
    "0874": "56", "045": "8",
}  # fmt: skip
_REFUSED = {"COOPERATE": "121", "SUPPORT": "121", "AID": "122", "CONCEDE": "124", "RETREAT": "124", "CONSULT": "125"}
_REFUSED_FINE = {"081": "1241", "0841": "1243", "085": "1244", "086": "1245", "0871": "1246", "0874": "1246",
                 "045": "126", "0831": "123", "083": "123"}  # fmt: skip
_THREATENED = {"SANCTION": "131", "PROTEST": "133", "MOBILIZE": "138", "COERCE": "137", "ASSAULT": "138"}
_THREATENED_FINE = {"162": "1311", "163": "1312", "160": "1313", "161": "1313", "164": "134", "166": "136",
                    "172": "132"}  # fmt: skip


def promised(category: str | None, cameo: str = "") -> str:
    """The code of a promise (03) of an event of that category and code; 030 where nothing is known of it."""
    return _PROMISED_FINE.get(cameo) or _PROMISED.get(category or "", "030")


def asked(base: str, category: str | None, cameo: str = "") -> str:
    """The code of a request (``base`` 020) or a demand (100)."""
    return base[:2] + (_ASKED_FINE.get(cameo) or _ASKED.get(category or "", "0"))


def refused(category: str | None, cameo: str = "") -> str:
    """The code of a refusal (12)."""
    return _REFUSED_FINE.get(cameo) or _REFUSED.get(category or "", "120")


def threatened(category: str | None, cameo: str = "") -> str:
    """The code of a threat (13)."""
    return _THREATENED_FINE.get(cameo) or _THREATENED.get(category or "", "130")
