"""The five risk probabilities of each card as bars (genuine, copy, temporary, screen, edited), and what told them."""

from __future__ import annotations

from html import escape

import streamlit as st

from idcard_core.card import RiskType
from idcard_core.judge.risk.verdict import LEAST_GENUINE, risk_type
from idcard_core.judgement import RISKS, Risks
from idcard_core.ui.look import Tone
from idcard_core.ui.shelf import Exhibit
from idcard_core.ui.strings import Texts

TELLING = 1.0
"""Log odds from which a piece of evidence is named."""
WAYS = ("surroundings", "edges", "pieces", "colour", "lattice", "frame", "words")
"""Evidence by what was looked at, as ``Risks.evidence`` has it for prints and for screens."""
_TONES = {"genuine": Tone.GOOD, "temporary": Tone.FAIR}


def show_risks(exhibit: Exhibit, texts: Texts) -> None:
    """A table of bars for each card, or why there is none."""
    judged = [shown for shown in exhibit.cards if shown.card.risks is not None]
    if not judged:
        st.caption(texts("risks.none"))
        return
    for shown in judged:
        assert shown.card.risks is not None
        if shown.number is not None:
            st.caption(
                texts("card.number", number=shown.number, caption=texts(f"verdict.side.{shown.card.side.value}"))
            )
        st.html(_bars(shown.card.risks, texts))
        if reasons := reasons_of(shown.card.risks):
            named = [texts(f"risks.by.{reason}") for reason in reasons]
            st.caption(texts("risks.told", reasons=texts("reason.field.and").join(named)))
    st.caption(texts("risks.note", share=f"{LEAST_GENUINE:.0%}"))


def reasons_of(risks: Risks) -> list[str]:
    """What told a print or a screen, the strongest first; nothing for any other word."""
    kind = risk_type(risks)
    if kind not in (RiskType.COPY, RiskType.SCREEN):
        return []
    told = {way: risks.evidence.get(f"{way}_{kind.value}", 0.0) for way in WAYS}
    reasons = [way for way in sorted(WAYS, key=lambda way: -told[way]) if told[way] >= TELLING]
    return ["screenshot", *reasons] if kind is RiskType.SCREEN and risks.evidence.get("screenshot") else reasons


def _bars(risks: Risks, texts: Texts) -> str:
    rows = "".join(
        f'<tr data-risk="{kind}"><th>{escape(texts(f"risks.{kind}"))}</th>'
        f'<td><span class="id-meter"><i class="id-fill-{_TONES.get(kind, Tone.BAD).value}" style="width:{share:.1%}">'
        f'</i></span></td><td class="id-right">{share:.1%}</td></tr>'
        for kind in RISKS
        for share in [float(getattr(risks, kind))]
    )
    return f'<table class="id-times"><tbody>{rows}</tbody></table>'
