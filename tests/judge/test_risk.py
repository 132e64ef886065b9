"""Five probabilities and one word, and the networks behind them on devices they never saw."""

from dataclasses import fields

import cv2
import numpy as np
import pytest

from idcard_core import IdCardReader
from idcard_core.card import Image, RiskType, Side
from idcard_core.intake import open_picture
from idcard_core.judge.risk.colour import BLEACHED_ODDS, MOST_ODDS, bleached, odds_of_colour, own_colour
from idcard_core.judge.risk.network import MODELS, Presented, RiskNetworks
from idcard_core.judge.risk.verdict import risk_type, risks_of, temporary_probability
from idcard_core.judge.risk.views import (
    CONTEXT_SIZE,
    EDGE,
    EDGES,
    FINEST,
    PIECE,
    PLACES,
    context_of,
    edges_of,
    pieces_of,
)
from idcard_core.judge.risk.words import ATTESTED_ODDS, odds_of_words
from idcard_core.models.risk.sources import draw_cards
from idcard_core.specimen import Condition, make_specimen
from idcard_core.specimen.draw import draw_card
from idcard_core.specimen.people import make_person
from idcard_core.specimen.presented import UNSEEN_DEVICES
from idcard_core.specimen.presented import Presented as Shown
from idcard_core.specimen.recapture.present import present

QUAD = np.array([[100, 80], [700, 90], [690, 470], [95, 460]], np.float32)


def _presented(card, copy, screen):
    part = np.log(np.array([card, copy, screen], np.float32)) / len(fields(Presented))
    return Presented(*(part for _ in fields(Presented)))


def test_probabilities_sum_to_one_and_are_those_of_all_evidence():
    assert _presented(0.7, 0.2, 0.1).probabilities == pytest.approx((0.7, 0.2, 0.1), abs=1e-5)


def test_every_network_is_small():
    sizes = {path.name: path.stat().st_size for path in MODELS.glob("risk_*.onnx")}
    assert len(sizes) == 6
    assert max(sizes.values()) < 3_000_000


@pytest.mark.parametrize("temporary", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("edited", [0.0, 0.5, 1.0])
def test_five_risks_sum_to_one(temporary, edited):
    risks = risks_of(_presented(0.5, 0.3, 0.2), temporary, edited)
    assert risks.genuine + risks.copy + risks.temporary + risks.screen + risks.edited == pytest.approx(1)


@pytest.mark.parametrize(
    ("shares", "temporary", "edited", "word"),
    [
        pytest.param((0.98, 0.01, 0.01), 0.01, 0.01, RiskType.NORMAL, id="a card"),
        pytest.param((0.03, 0.94, 0.03), 0.01, 0.01, RiskType.COPY, id="a copy"),
        pytest.param((0.03, 0.03, 0.94), 0.01, 0.01, RiskType.SCREEN, id="a screen"),
        pytest.param((0.9, 0.05, 0.05), 0.99, 0.01, RiskType.TEMPORARY, id="a temporary card"),
        pytest.param((0.03, 0.94, 0.03), 0.01, 0.97, RiskType.COPY, id="a copy that was edited"),
        pytest.param((0.42, 0.54, 0.04), 0.01, 0.01, RiskType.NORMAL, id="likely a copy is not enough"),
        pytest.param((0.38, 0.54, 0.08), 0.01, 0.01, RiskType.COPY, id="likelier a copy, and hardly a card"),
        pytest.param((0.02, 0.5, 0.48), 0.01, 0.01, RiskType.COPY, id="no card: the likelier of two"),
        pytest.param((0.36, 0.31, 0.33), 0.01, 0.01, RiskType.SCREEN, id="hardly a card: the likeliest else"),
    ],
)
def test_the_word_is_told_when_it_is_likely_enough(shares, temporary, edited, word):
    assert risk_type(risks_of(_presented(*shares), temporary, edited)) is word


def test_a_file_that_calls_itself_a_screenshot_outweighs_any_look_at_it():
    risks = risks_of(_presented(0.98, 0.01, 0.01), 0.01, 0.01, screenshot=True)
    assert risk_type(risks) is RiskType.SCREEN
    assert risks.genuine + risks.copy + risks.temporary + risks.screen + risks.edited == pytest.approx(1)


@pytest.mark.parametrize(
    ("marks", "tells"),
    [
        (("与原件核对一致",), True),
        (("仅供办理业务使用", "复印件与原件相符"), True),
        (("经核对无误2024.3.1",), True),
        (("仅供办理租房使用", "复印无效"), False),
        (("原件仅供办理入职使用",), False),
        ((), False),
    ],
)
def test_a_stamp_that_attests_a_copy_tells_one(marks, tells):
    assert odds_of_words(marks).tolist() == [0, ATTESTED_ODDS * tells, 0]


def test_the_stamp_is_read_from_the_card():
    stamped = make_specimen(8610, Condition.STAMP, "", (1600, 1200)).jpeg  # 与原件核对一致
    (card,) = IdCardReader().read(stamped, risk=True, detail=True).cards
    assert card.risks.evidence["words_copy"] == ATTESTED_ODDS


def test_pieces_are_cut_from_the_pixels_themselves():
    picture = np.random.default_rng(1).integers(0, 255, (600, 900, 3), np.uint8)
    pieces = pieces_of(picture, QUAD)
    assert pieces.shape == (len(PLACES), PIECE, PIECE, 3)
    where = cv2.matchTemplate(picture, pieces[0], cv2.TM_SQDIFF)
    assert where.min() == 0


def test_pieces_of_a_very_fine_picture_are_shrunk():
    picture = np.random.default_rng(1).integers(0, 255, (2200, 3300, 3), np.uint8)
    fine = QUAD / QUAD[:, 0].max() * 2 * FINEST
    pieces = pieces_of(picture, np.asarray(fine, np.float32))
    assert pieces.shape == (len(PLACES), PIECE, PIECE, 3)
    assert pieces.std() < 0.6 * picture.std()  # averaged, where single pixels were noise


def test_views_of_the_rim_are_turned_alike():
    """Outside above, and at corners left; inside below."""
    picture = np.full((600, 900, 3), 40, np.uint8)
    cv2.fillConvexPoly(picture, np.round(QUAD).astype(np.int32), (220, 220, 220))
    views = edges_of(picture, QUAD)
    assert views.shape == (EDGES, EDGE, EDGE, 3)
    above, below = views[:, : EDGE // 2 - 6].mean(), views[4:, EDGE // 2 + 6 :].mean()
    assert (above, below) == (pytest.approx(40, abs=2), pytest.approx(220, abs=2))
    corners = views[:4]
    assert corners[:, EDGE // 2 + 6 :, : EDGE // 2 - 6].mean() == pytest.approx(40, abs=2)
    assert corners[:, EDGE // 2 + 6 :, EDGE // 2 + 6 :].mean() == pytest.approx(220, abs=2)


def test_small_pictures_and_cards_beyond_the_border_are_seen_too():
    small = np.full((60, 80, 3), 200, np.uint8)
    quad = np.array([[-20, -10], [90, -5], [85, 70], [-15, 65]], np.float32)
    assert pieces_of(small, quad).shape == (len(PLACES), PIECE, PIECE, 3)
    assert edges_of(small, quad).shape == (EDGES, EDGE, EDGE, 3)
    assert context_of(small, quad).shape == (CONTEXT_SIZE[1], CONTEXT_SIZE[0], 3)


def test_temporary_cards_are_told_by_what_is_printed_where():
    reader = IdCardReader()
    found = {}
    for condition in (Condition.TEMPORARY, Condition.PLAIN):
        specimen = make_specimen(8400, condition, "", (1600, 1200))
        (text,), _ = reader.read_texts(open_picture(specimen.jpeg, reader.settings.limits))
        found[condition] = temporary_probability(text)
    assert found[Condition.TEMPORARY] > 0.9
    assert found[Condition.PLAIN] < 0.05


def _in_light(picture: Image, tint: tuple[float, float, float], noise: float = 2.0) -> Image:
    """``picture`` in light of ``tint`` (blue, green, red) that falls off to one side, by a noisy camera."""
    height, width = picture.shape[:2]
    fall = np.linspace(0.55, 1, width, dtype=np.float32)[None, :, None]
    lit = picture * fall ** (1 / 2.2) * np.array(tint, np.float32) ** (1 / 2.2)
    lit += np.random.default_rng(4).normal(0, noise, (height, width, 3)).astype(np.float32)
    return np.asarray(np.clip(lit, 0, 255), np.uint8)


def _grey(picture: Image) -> Image:
    return np.asarray(cv2.cvtColor(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR), np.uint8)


def _seen(way: str) -> Image:
    """The context view of a card on cloth: in its ``colours``, ``faded`` to half of them, or as a ``print`` in grey."""
    rng = np.random.default_rng(8600)
    card = draw_card(Side.FRONT, make_person(rng, None), rng, 856).image
    grey = _grey(card)
    share = {"colours": 1.0, "faded": 0.5, "print": 0.0}[way]
    shown = cv2.resize(cv2.addWeighted(card, share, grey, 1 - share, 0), (600, 378), interpolation=cv2.INTER_AREA)
    picture = np.full((720, 1140, 3), (90, 120, 60), np.uint8)
    picture[171 : 171 + 378, 270 : 270 + 600] = shown
    quad = np.array([[270, 171], [870, 171], [870, 549], [270, 549]], np.float32)
    return context_of(picture, quad)


@pytest.mark.parametrize("tint", [(1, 1, 1), (0.45, 0.8, 1), (1, 0.9, 0.7)], ids=["white", "lamp", "sky"])
@pytest.mark.parametrize("way", ["colours", "faded", "print"])
def test_a_print_in_grey_has_no_colour_of_its_own_in_any_light(way: str, tint: tuple[float, float, float]) -> None:
    odds = odds_of_colour(_in_light(_seen(way), tint))
    assert odds[0] == odds[2] == 0
    least = MOST_ODDS if tint[0] > 0.5 else MOST_ODDS / 4  # where hardly any blue is left, noise makes it less sure
    assert odds[1] >= least if way == "print" else odds[1] == 0


@pytest.mark.parametrize(
    "view",
    [
        pytest.param(_grey(_seen("colours")), id="a grey picture"),
        pytest.param(np.asarray(_seen("print") // 12, np.uint8), id="in the dark"),
        pytest.param(np.full((*CONTEXT_SIZE[::-1], 3), 255, np.uint8), id="all white"),
    ],
)
def test_where_no_colour_can_be_told_nothing_is(view: Image) -> None:
    assert own_colour(view) is None
    assert not odds_of_colour(view).any()


def _copied(white: int, page: int) -> Image:
    """The context view of a card in black and grey, the brightest fifth of its tones ``white``, on ``page``."""
    rng = np.random.default_rng(8600)
    card = _grey(draw_card(Side.FRONT, make_person(rng, None), rng, 856).image)
    shown = cv2.resize(card, (600, 378), interpolation=cv2.INTER_AREA).astype(np.float32) * (white / 200)
    picture = np.full((720, 1140, 3), page, np.uint8)
    picture[171 : 171 + 378, 270 : 270 + 600] = np.minimum(shown, white).astype(np.uint8)
    return context_of(picture, np.array([[270, 171], [870, 171], [870, 549], [270, 549]], np.float32))


def test_a_card_as_white_as_the_page_it_is_on_is_a_copy() -> None:
    assert odds_of_colour(_copied(255, 255)).tolist() == [0, BLEACHED_ODDS, 0]
    assert not odds_of_colour(_copied(255, 150)).any()  # in too much light, on something grey
    assert not odds_of_colour(_copied(235, 255)).any()  # on white paper, but with a ground of its own
    assert bleached(_seen("colours")) == 0


def test_prints_and_screens_by_unseen_devices_are_told_from_cards():
    rng, networks = np.random.default_rng(8500), RiskNetworks()
    cards = draw_cards(rng, 6)
    right = []
    for number in range(36):
        shown = tuple(Shown)[number % 3]
        made = present(rng, cards[number % 6], shown, UNSEEN_DEVICES)
        picture = cv2.imdecode(np.frombuffer(made.jpeg, np.uint8), cv2.IMREAD_COLOR)
        probabilities = networks.look(picture, made.quad).probabilities
        right.append(int(np.argmax(probabilities)) == number % 3)
    assert sum(right) >= 32
