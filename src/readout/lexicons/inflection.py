"""The forms of English verbs, so that tables hold base forms and texts are met by a dictionary look-up."""

from __future__ import annotations

from functools import cache

IRREGULAR: dict[str, tuple[str, ...]] = {
    "read": ("reads", "read", "reading"),
    "grieve": ("grieves", "grieved", "grieving"),
    "say": ("says", "said", "saying"),
    "tell": ("tells", "told", "telling"),
    "speak": ("speaks", "spoke", "spoken", "speaking"),
    "write": ("writes", "wrote", "written", "writing"),
    "lay": ("lays", "laid", "laying"),
    "set": ("sets", "set", "setting"),
    "pay": ("pays", "paid", "paying"),
    "make": ("makes", "made", "making"),
    "give": ("gives", "gave", "given", "giving"),
    "take": ("takes", "took", "taken", "taking"),
    "undertake": ("undertakes", "undertook", "undertaken", "undertaking"),
    "draw": ("draws", "drew", "drawn", "drawing"),
    "bring": ("brings", "brought", "bringing"),
    "seek": ("seeks", "sought", "seeking"),
    "hold": ("holds", "held", "holding"),
    "stand": ("stands", "stood", "standing"),
    "be": ("is", "are", "was", "were", "am", "been", "being", "be", "'s", "'re", "'m"),
    "go": ("goes", "went", "gone", "going"),
    "spell": ("spells", "spelled", "spelt", "spelling"),
    "meet": ("meets", "met", "meeting"),
    "send": ("sends", "sent", "sending"),
    "have": ("has", "had", "having"),
    "come": ("comes", "came", "coming"),
    "see": ("sees", "saw", "seen", "seeing"),
    "foresee": ("foresees", "foresaw", "foreseen", "foreseeing"),
    "deal": ("deals", "dealt", "dealing"),
    "put": ("puts", "put", "putting"),
    "flag": ("flags", "flagged", "flagging"),
    "shrug": ("shrugs", "shrugged", "shrugging"),
    "leave": ("leaves", "left", "leaving"),
    "fly": ("flies", "flew", "flown", "flying"),
    "begin": ("begins", "began", "begun", "beginning"),
    "sit": ("sits", "sat", "sitting"),
    "forget": ("forgets", "forgot", "forgotten", "forgetting"),
    "reach": ("reaches", "reached", "reaching"),
    "transmit": ("transmits", "transmitted", "transmitting"),
    "commit": ("commits", "committed", "committing"),
    "admit": ("admits", "admitted", "admitting"),
    "confer": ("confers", "conferred", "conferring"),
    "concur": ("concurs", "concurred", "concurring"),
    "slam": ("slams", "slammed", "slamming"),
    "label": ("labels", "labeled", "labelled", "labeling", "labelling"),
    "signal": ("signals", "signaled", "signalled", "signaling", "signalling"),
    "spar": ("spars", "sparred", "sparring"),
    "kill": ("kills", "killed", "killing"),
    "offer": ("offers", "offered", "offering"),
    "travel": ("travels", "traveled", "travelled", "traveling", "travelling"),
    "cancel": ("cancels", "canceled", "cancelled", "canceling", "cancelling"),
    "regret": ("regrets", "regretted", "regretting"),
    "ring": ("rings", "rang", "rung", "ringing"),
    "dwell": ("dwells", "dwelt", "dwelled", "dwelling"),
    "lead": ("leads", "led", "leading"),
    "show": ("shows", "showed", "shown", "showing"),
    "wrap": ("wraps", "wrapped", "wrapping"),
    "plan": ("plans", "planned", "planning"),
    "stop": ("stops", "stopped", "stopping"),
    "refer": ("refers", "referred", "referring"),
    "beg": ("begs", "begged", "begging"),
    "brag": ("brags", "bragged", "bragging"),
    "quip": ("quips", "quipped", "quipping"),
    "rebut": ("rebuts", "rebutted", "rebutting"),
    "extol": ("extols", "extolled", "extolling"),
    "omit": ("omits", "omitted", "omitting"),
    "forbid": ("forbids", "forbade", "forbidden", "forbidding"),
    "swear": ("swears", "swore", "sworn", "swearing"),
    "think": ("thinks", "thought", "thinking"),
    "mean": ("means", "meant", "meaning"),
    "hit": ("hits", "hit", "hitting"),
    "let": ("lets", "let", "letting"),
    "forecast": ("forecasts", "forecast", "forecasted", "forecasting"),
    "counsel": ("counsels", "counseled", "counselled", "counseling", "counselling"),
    "focus": ("focuses", "focusses", "focused", "focussed", "focusing", "focussing"),
}


@cache
def forms(verb: str) -> tuple[str, ...]:
    """Base form, third person, past, participles of the one-word ``verb``."""
    if verb in IRREGULAR:
        return (verb, *IRREGULAR[verb])
    if verb.endswith(("ee", "oe", "ye")):
        return (verb, verb + "s", verb + "d", verb + "ing")  # "agreeing" keeps its e
    if verb.endswith("e"):
        return (verb, verb + "s", verb + "d", verb[:-1] + "ing")
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return (verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing")
    third = verb + ("es" if verb.endswith(("s", "x", "z", "ch", "sh")) else "s")
    return (verb, third, verb + "ed", verb + "ing")
