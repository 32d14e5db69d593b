"""How the tables' roles become the offices of a record."""

from __future__ import annotations

# The tables are finer than the record's fifteen offices; the title of a tenure keeps what is lost here.
OFFICE_OF_ROLE: dict[str, str] = {
    "head_of_state": "head_of_state",
    "supreme_leader": "head_of_state",  # the first person of the state (PRK, AFG), whatever the constitution calls him
    "head_of_government": "head_of_government",
    "deputy_head_of_government": "deputy_head_of_government",
    "deputy_head_of_state": "deputy_head_of_government",  # vice presidents: the record has no nearer office
    "foreign_minister": "foreign_minister",
    "deputy_foreign_minister": "deputy_foreign_minister",
    "defence_minister": "defence_minister",
    "minister": "minister",
    "ambassador": "ambassador",
    "un_representative": "ambassador",  # permanent representatives hold the rank
    "org_representative": "ambassador",
    "special_envoy": "special_envoy",
    "envoy": "special_envoy",
    "national_security_adviser": "national_security_adviser",
    "security_council_secretary": "national_security_adviser",  # Moscow's and Tehran's counterpart of the adviser
    "spokesperson": "spokesperson",
    "org_head": "org_head",
    "commission_president": "org_head",  # the Union has three heads; the role tells them apart
    "council_president": "org_head",
    "high_representative": "org_head",  # speaks for the Union abroad; no state's minister
    "unga_president": "org_head",  # of the General Assembly, not of the UN: the build moves the row to UNGA
    "parliament_president": "legislature_head",
    "legislature_head": "legislature_head",
    "party_leader": "party_head",
    "party_head": "party_head",
    "governor_general": "other_official",  # stands for the head of state or governs a territory; is neither
    "org_deputy_head": "other_official",
    "under_secretary_general": "other_official",
    "foreign_affairs_commission_director": "other_official",
    "state_councillor": "other_official",
    "diplomatic_adviser": "other_official",
    "presidential_aide": "other_official",
    "head_of_presidential_office": "other_official",
    "prosecutor": "other_official",
    "other_official": "other_official",
}

# Who holds two offices bears the one that usually acts abroad (RECORD.md, Actors).
RANK: dict[str, int] = {
    office: rank
    for rank, office in enumerate(
        (
            "head_of_state", "head_of_government", "foreign_minister", "org_head", "deputy_head_of_government",
            "defence_minister", "national_security_adviser", "deputy_foreign_minister", "special_envoy",
            "spokesperson", "ambassador", "minister", "legislature_head", "party_head", "other_official",
        )
    )
}  # fmt: skip
