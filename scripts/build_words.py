"""Build `src/readout/comparing/data/words.npz`: which words are near one another, and how common they are.

    python scripts/build_words.py GOLD.jsonl

A row is a stem of `comparing.words`. Its vector is that of one word of the stem, the commonest, in all-MiniLM-L6-v2
(extra `similar`), cut to 48 dimensions by principal components and to whole numbers; names and figures have none. The
words are the whole words of the model's tokenizer, those of our own tables, and those below. `weights` are counts made
from the statements of GOLD: 1 for a stem that no statement has, less the more have it.
"""

from __future__ import annotations

import argparse
import json
import math
import re
from collections import Counter
from collections.abc import Iterable
from importlib import resources
from pathlib import Path

import numpy as np

from readout.comparing import Embedder
from readout.comparing.words import content_words, spelt, stem

HOME = Path(__file__).resolve().parents[1]
TABLE = HOME / "src" / "readout" / "comparing" / "data" / "words.npz"
DIMENSIONS = 48
_LEAST_LETTERS = 3
_MORE = """
abduction abductee accede accession acquittal aggressor agribusiness agroindustry airlift airspace airstrike allay
amnesty annexation antiterrorism apartheid appeasement apprise aquaculture aquifer arbitration armistice atrocity
avian backlog barrage belligerent bilateral bilaterally biodiversity biofuel blackout blockade bloodshed bombing
bottleneck breakthrough brinkmanship bulwark candid ceasefire chairmanship checkpoint chokepoint coastguard cobalt
coercion coercive colleague commemorate commemoration communique compatriot condolence confidential conscription
consensus constructive consular consulate convoy cordial counterfeit counterinsurgency counternarcotics counterpart
counterterrorism cyberattack cybercrime cybersecurity cyberspace deadlock debtor decarbonisation decarbonization
deconfliction decoupling deescalate deescalation deforestation delimitation delineation deluge demarcation
demilitarisation demilitarization demining democratisation denuclearisation denuclearization deploy deplorable
deportation desalination desecration desertification destabilise destabilize deterrence detente devastation diaspora
digitalisation digitalization diplomat disarmament disinformation displacement disquiet dissident drone drought
dumping earthquake ecotourism electrification embargo embassy emigrant emissary encroachment enlargement enrich
enrichment envoy espionage evacuation exclave expatriate expedite expulsion extradite extradition extrajudicial famine
fentanyl ferry fertiliser fertilizer fisheries fisherfolk foodstuffs frigate frontline fruitful geopolitical
geothermal glacier grassroots gratitude greenhouse halal handover heartfelt herdsman hinterland hostage hotline
humanitarian hydrocarbon hydroelectric hydrogen hydropower impartial impede impunity inadmissible incursion
indivisible infiltration influx infringement inhumane insurgency insurgent interconnector interlocutor
interoperability intransigence inviolability irrigation islamophobia jihadist journalist jurisdiction landlocked
landmine landslide leaflet legation liberalisation lithium livestock locust logistics lorry lorries lucrative mackerel
malaria malnutrition maritime marketplace mediate mediation mediator mercenary microcredit migrant militia minelaying
minority misinformation mobilisation moratorium mourn multilateral multilateralism multipolar multipolarity
naturalisation neighbourliness neocolonial neutrality nonproliferation normalisation normalization occupation offshore
onshore opium orphan outbreak outreach overfishing overflight paramilitary partition peacebuilding peacekeeper
peacekeeping persecution pesticide petrochemical pharmaceutical phosphate phytosanitary pilgrim pilgrimage pipeline
piracy plebiscite plenipotentiary poaching polio pragmatic precondition preferential presidency privatisation
proliferation propaganda protectionism protectorate provocation proxy quarantine quarry queue rainforest ransom
rapprochement ratification ratify readmission rearmament rebuild reciprocal reciprocity reconciliation referendum
refinery reforestation reforms refugee regime rehabilitation reinsurance relocation remittance reopen reparation
repatriate repatriation reprisal reservoir resettlement resilience restitution resumption retaliate retaliation
retaliatory reunification revitalise roadmap sabotage sanitary satellite seafarer seaport secession secretariat
seizure semiconductor separatism separatist settler shelling shipbuilding shipment shipwreck siege smuggle smuggler
smuggling sovereign sovereignty stalemate startup stateless steadfast stockpile stopover straits strategic subregional
subsidy sugarcane summit supranational surveillance sustainability synergy tanker tariff telegram territorial
terrorism throughput tourism trafficking transboundary transit transnational transshipment trawl trawler trawling
treaty trilateral truce truck trucks tsunami turbine typhoon ultimatum unblock unconditional underscore undersea
unequivocal unhindered unilateral unimpeded unjustified unlawful unprovoked unwavering uranium urea vaccination
vaccine verification viaduct vigilance vocational volatility waiver warhead warship wastewater waterway wetland
wildfire withdrawal workforce xenophobia
"""


def vocabulary() -> list[str]:
    """Words, those that a frequency list would put first in front."""
    tokens = json.loads(resources.files("readout.comparing").joinpath("data/tokenizer.json").read_text("utf-8"))
    ranked = [w for w, _ in sorted(tokens["model"]["vocab"].items(), key=lambda kv: kv[1])]
    tables = sorted((HOME / "src" / "readout" / "lexicons" / "data").glob("*.yaml"))
    own = re.findall(r"[a-z]+", " ".join(t.read_text("utf-8") for t in tables))
    every = dict.fromkeys([*ranked, *_MORE.split(), *sorted(set(own))])
    return [w for w in every if re.fullmatch("[a-z]+", w) and len(w) >= _LEAST_LETTERS]


def representatives(words: Iterable[str]) -> dict[str, str]:
    """One word a stem: the first."""
    out: dict[str, str] = {}
    for word in words:
        out.setdefault(stem(spelt(word)), word)
    return out


def weights(gold: Path) -> dict[str, float]:
    """How much a stem tells: the inverse of how many statements have it, 1 for none."""
    seen: Counter[str] = Counter()
    total = 0
    for line in gold.read_text("utf-8").splitlines():
        row = json.loads(line)
        for statement in row["statements"]:
            seen.update(set(content_words(row["text"][slice(*statement["content"])])))
            total += 1
    most = math.log((total + 1) / 0.5)
    return {w: math.log((total + 1) / (n + 0.5)) / most for w, n in seen.items() if n > 1}


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    given = parser.parse_args()
    words = representatives(vocabulary())
    near = Embedder.open().vectors(words.values())
    near -= near.mean(axis=0)
    _, _, axes = np.linalg.svd(near, full_matrices=False)
    near = near @ axes[:DIMENSIONS].T
    near /= np.maximum(np.linalg.norm(near, axis=1, keepdims=True), 1e-9)
    whole = np.round(near / np.abs(near).max() * 127).astype(np.int8)
    common = weights(given.gold)
    np.savez_compressed(
        TABLE,
        stems=np.array("\n".join(words)),
        vectors=whole,
        common=np.array("\n".join(common)),
        weights=np.array(list(common.values()), dtype=np.float32).round(3),
    )
    print(f"{len(words)} stems, {len(common)} weights, {TABLE.stat().st_size} bytes")


if __name__ == "__main__":
    main()
