"""What is the matter with a picture, and which of several things is told."""

import cv2
import numpy as np
import pytest

from idcard_core import IdCardReader
from idcard_core.card import FIELDS, FieldName, ImageStatus, Points, RiskType, Side
from idcard_core.fields.card_text import CardText
from idcard_core.fields.placed import Placed, SideReading
from idcard_core.fields.values import EMPTY, Value
from idcard_core.judge.documents import DocumentKind
from idcard_core.judge.quality import Light
from idcard_core.judge.sight import is_credible
from idcard_core.judge.status import CardSight, image_status
from idcard_core.judgement import Obstruction
from idcard_core.locate.view import FRAME_QUAD, CardView
from idcard_core.specimen import Condition, make_specimen
from idcard_core.specimen.documents.make import make_document, make_nothing
from idcard_core.specimen.documents.paper import Paper

GOOD, DARK, BLACK = Light(0.8, 0.6, 0.0), Light(0.12, 0.1, 0.0), Light(0.04, 0.03, 0.0)
WHITE, FAINT, SUNNY = Light(1.0, 0.1, 0.9), Light(0.35, 0.1, 0.0), Light(1.0, 0.8, 0.4)
READ = {FieldName.NAME: 0.99, FieldName.IDCARDNO: 0.99}
NAME_UNREAD = {FieldName.NAME: 0.2, FieldName.IDCARDNO: 0.99}
ONLY_NUMBER = {FieldName.NAME: 0.0, FieldName.ADDRESS: 0.0, FieldName.IDCARDNO: 0.99}
SOME_GLARE = {FieldName.NAME: Obstruction(glare=0.15)}
GLARE = {FieldName.NAME: Obstruction(glare=0.5), FieldName.IDCARDNO: Obstruction()}


def _sight(light=GOOD, blur=0.05, side=Side.FRONT, confidences=READ, obstructions=None):
    return CardSight(light, blur, 0.0, side, confidences, obstructions or {})


@pytest.mark.parametrize(
    ("card", "wanted", "document", "status"),
    [
        pytest.param(_sight(), Side.FRONT, None, ImageStatus.NORMAL, id="all is well"),
        pytest.param(_sight(), None, None, ImageStatus.NORMAL, id="whichever side there is"),
        pytest.param(_sight(), Side.BACK, None, ImageStatus.REVERSED_SIDE, id="the other side"),
        pytest.param(None, Side.FRONT, None, ImageStatus.NON_IDCARD, id="no card"),
        pytest.param(None, None, DocumentKind.PASSPORT, ImageStatus.OTHER_TYPE_CARD, id="another document"),
        pytest.param(_sight(light=DARK), None, None, ImageStatus.NORMAL, id="dim, and read"),
        pytest.param(
            _sight(light=DARK, confidences=NAME_UNREAD), None, None, ImageStatus.OVER_DARK, id="dim, not read"
        ),
        pytest.param(_sight(light=BLACK), None, None, ImageStatus.OVER_DARK, id="black, though read"),
        pytest.param(_sight(light=FAINT), None, None, ImageStatus.NORMAL, id="faint, and read"),
        pytest.param(_sight(light=FAINT, side=None), None, None, ImageStatus.OVER_DARK, id="faint, and nothing read"),
        pytest.param(
            _sight(light=FAINT, confidences=ONLY_NUMBER), None, None, ImageStatus.OVER_DARK, id="faint, and hardly read"
        ),
        pytest.param(_sight(confidences=ONLY_NUMBER), None, None, ImageStatus.NORMAL, id="hardly read, in good light"),
        pytest.param(_sight(obstructions=GLARE), None, None, ImageStatus.OVER_EXPOSURE, id="a field in glare"),
        pytest.param(_sight(obstructions=SOME_GLARE), None, None, ImageStatus.NORMAL, id="a little glare, and read"),
        pytest.param(
            _sight(confidences={**READ, FieldName.NAME: 0.7}, obstructions=SOME_GLARE),
            None,
            None,
            ImageStatus.OVER_EXPOSURE,
            id="a little glare, and doubted",
        ),
        pytest.param(_sight(light=WHITE), None, None, ImageStatus.NORMAL, id="white paper, and read"),
        pytest.param(
            _sight(light=WHITE, confidences=NAME_UNREAD), None, None, ImageStatus.OVER_EXPOSURE, id="washed out"
        ),
        pytest.param(
            _sight(light=SUNNY, confidences=ONLY_NUMBER),
            None,
            None,
            ImageStatus.OVER_EXPOSURE,
            id="partly white, and hardly read",
        ),
        pytest.param(
            _sight(light=SUNNY, confidences=NAME_UNREAD),
            None,
            None,
            ImageStatus.NORMAL,
            id="partly white, and mostly read",
        ),
        pytest.param(
            _sight(light=SUNNY, blur=0.5, side=None, confidences={}),
            None,
            None,
            ImageStatus.BLURRED,
            id="partly white, but blurred",
        ),
        pytest.param(_sight(blur=0.2), None, None, ImageStatus.NORMAL, id="soft, and read"),
        pytest.param(_sight(blur=0.2, confidences=NAME_UNREAD), None, None, ImageStatus.BLURRED, id="soft, not read"),
        pytest.param(_sight(confidences=NAME_UNREAD), None, None, ImageStatus.NORMAL, id="not read for another reason"),
        pytest.param(_sight(blur=0.5, side=None, confidences={}), None, None, ImageStatus.BLURRED, id="nothing read"),
        pytest.param(_sight(side=None, confidences={}), None, None, ImageStatus.NON_IDCARD, id="sharp, nothing read"),
    ],
)
def test_one_thing_is_the_matter(card, wanted, document, status):
    assert image_status(card, wanted, document) is status


@pytest.mark.parametrize(
    ("card", "document", "status"),
    [
        pytest.param(
            _sight(BLACK, 0.5, Side.BACK, NAME_UNREAD, GLARE),
            DocumentKind.RESIDENCE_PERMIT,
            ImageStatus.OTHER_TYPE_CARD,
            id="another document before all",
        ),
        pytest.param(
            _sight(BLACK, 0.5, Side.BACK, NAME_UNREAD, GLARE), None, ImageStatus.REVERSED_SIDE, id="then the side"
        ),
        pytest.param(
            _sight(BLACK, 0.5, Side.FRONT, NAME_UNREAD, GLARE), None, ImageStatus.OVER_DARK, id="then the dark"
        ),
        pytest.param(
            _sight(GOOD, 0.5, Side.FRONT, NAME_UNREAD, GLARE), None, ImageStatus.OVER_EXPOSURE, id="then glare"
        ),
        pytest.param(_sight(GOOD, 0.5, Side.FRONT, NAME_UNREAD), None, ImageStatus.BLURRED, id="then blur"),
        pytest.param(
            CardSight(GOOD, 0.1, is_surely_card=True), None, ImageStatus.BLURRED, id="then what is not legible"
        ),
        pytest.param(CardSight(GOOD, 0.1), None, ImageStatus.NON_IDCARD, id="then no card"),
    ],
)
def test_the_order_when_several_things_are(card, document, status):
    assert image_status(card, Side.FRONT, document) is status


@pytest.fixture(scope="module")
def reader():
    return IdCardReader()


@pytest.mark.parametrize(
    ("condition", "status", "least"),
    [
        (Condition.TOO_BLURRED, ImageStatus.BLURRED, 4),
        (Condition.TOO_DARK, ImageStatus.OVER_DARK, 4),
        (Condition.GLARE_ON_FIELD, ImageStatus.OVER_EXPOSURE, 3),
        (Condition.BLUR, ImageStatus.NORMAL, 4),
        (Condition.DIM, ImageStatus.NORMAL, 4),
        (Condition.GLARE, ImageStatus.NORMAL, 3),
    ],
)
def test_pictures_are_told_by_what_keeps_them_from_being_read(reader, condition, status, least):
    made = [make_specimen(seed, condition, "", (1600, 1200)) for seed in range(8100, 8104)]
    assert sum(reader.read(specimen.jpeg).status is status for specimen in made) >= least


def test_other_documents_are_named(reader):
    jpeg, kind = make_document(31, DocumentKind.PASSPORT)
    reading = reader.read(jpeg)
    assert (reading.status, reading.document) == (ImageStatus.OTHER_TYPE_CARD, kind.value)


def test_pictures_of_nothing_show_no_card(reader):
    assert [reader.read(make_nothing(seed)).status for seed in range(60, 64)] == [ImageStatus.NON_IDCARD] * 4


@pytest.mark.parametrize(
    ("level", "status"),
    [
        (0, ImageStatus.OVER_DARK),
        (50, ImageStatus.OVER_DARK),
        (90, ImageStatus.NON_IDCARD),
        (255, ImageStatus.NON_IDCARD),
    ],
)
def test_in_the_dark_no_card_can_be_ruled_out(reader, level, status):
    assert reader.read(np.full((600, 900, 3), level, np.uint8)).status is status


def test_noise_shows_that_the_light_was_too_little(reader):
    noise = np.random.default_rng(1).normal(60, 12, (600, 900, 3))
    assert reader.read(noise.clip(0, 255).astype(np.uint8)).status is ImageStatus.OVER_DARK


def test_what_can_be_read_in_the_dark_is_no_card_that_cannot_be_seen(reader):
    page = np.full((600, 900, 3), 60.0)
    for row, text in enumerate(("THE MINUTES OF THE MEETING", "ARE READ AND AGREED TO", "BY ALL WHO WERE THERE")):
        cv2.putText(page, text, (60, 150 + 120 * row), cv2.FONT_HERSHEY_DUPLEX, 1.4, (8, 8, 8), 3, cv2.LINE_AA)
    noise = np.random.default_rng(1).normal(0, 5, page.shape)
    assert reader.read((page + noise).clip(0, 255).astype(np.uint8)).status is ImageStatus.NON_IDCARD
    assert reader.read((60 + noise).clip(0, 255).astype(np.uint8)).status is ImageStatus.OVER_DARK


def _turned_while_taken(picture, degrees):
    """``picture``, blurred as by a camera that turned about its middle."""
    height, width = picture.shape[:2]
    turns = np.linspace(-degrees / 2, degrees / 2, 24)
    matrices = [cv2.getRotationMatrix2D((width / 2, height / 2), turn, 1.0) for turn in turns]
    seen = [cv2.warpAffine(picture, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE) for matrix in matrices]
    return np.mean(seen, axis=0).astype(np.uint8)


def test_a_card_that_is_surely_one_but_cannot_be_read_is_blurred(reader):
    made = [make_specimen(seed, Condition.PLAIN, "", (1600, 1200)) for seed in range(8120, 8126)]
    cards = [cv2.imdecode(np.frombuffer(one.jpeg, np.uint8), cv2.IMREAD_COLOR) for one in made]
    told = [reader.read(_turned_while_taken(card, 16)).status for card in cards]
    assert told == [ImageStatus.BLURRED] * 6


def test_a_card_in_the_dark_is_found_all_the_same(reader):
    made = [make_specimen(seed, Condition.TOO_DARK, "", (1600, 1200)) for seed in range(8600, 8608)]
    assert sum(reader.read(specimen.jpeg).status is ImageStatus.OVER_DARK for specimen in made) >= 7


def test_a_card_of_which_glare_left_the_number_alone_is_told(reader):
    specimen = make_specimen(8840, Condition.PLAIN, "", (1600, 1200))
    picture = cv2.imdecode(np.frombuffer(specimen.jpeg, np.uint8), cv2.IMREAD_COLOR)
    (label,) = specimen.label.cards
    lit: Points = np.array([[10, 10], [540, 10], [540, 425], [10, 425]], np.float32)
    cv2.fillPoly(picture, [np.int32(CardView(picture, label.corners).in_source(lit))], (255, 255, 255))
    reading = reader.read(picture)
    numbers = [field.text for card in reading.cards for field in card.fields if field.name is FieldName.IDCARDNO]
    assert (reading.status, numbers) == (ImageStatus.OVER_EXPOSURE, [label.fields[FieldName.IDCARDNO]])


def _before_a_window(shaded, seed):
    """What is ``shaded``, hazy and with grain, beside a bright window."""
    hazy = np.hstack([np.full((*shaded.shape[:1], 500, 3), 235.0), 0.015 * shaded + 6])
    return (hazy + np.random.default_rng(seed).normal(0, 1.5, hazy.shape)).clip(0, 255).astype(np.uint8)


def test_a_card_in_the_shade_before_a_window_is_found(reader):
    made = [make_specimen(seed, Condition.PLAIN, "", (1200, 900)) for seed in range(8830, 8836)]
    cards = [cv2.imdecode(np.frombuffer(one.jpeg, np.uint8), cv2.IMREAD_COLOR) for one in made]
    found = [reader.read(_before_a_window(card, seed)).status for seed, card in enumerate(cards)]
    assert found == [ImageStatus.OVER_DARK] * 6


def test_shade_beside_a_window_is_no_card(reader):
    shades = [cv2.imdecode(np.frombuffer(make_nothing(seed), np.uint8), cv2.IMREAD_COLOR) for seed in range(60, 64)]
    found = [reader.read(_before_a_window(shade, seed)).status for seed, shade in enumerate(shades)]
    assert found == [ImageStatus.NON_IDCARD] * 4


def _in_faint_light(seed, light, noise):
    """A small card, photographed in so little light that hardly more than its number can be read; and that number."""
    specimen = make_specimen(seed, Condition.PLAIN, "", (1600, 1200))
    picture = cv2.imdecode(np.frombuffer(specimen.jpeg, np.uint8), cv2.IMREAD_COLOR)
    small = cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA).astype(np.float32)
    noisy = light * small + np.random.default_rng(1).normal(0, noise, small.shape)
    return noisy.clip(0, 255).astype(np.uint8), specimen.label.cards[0].fields[FieldName.IDCARDNO]


FAINT_LIGHTS = (
    (8101, 0.26, 26),
    (8101, 0.32, 26),
    (8102, 0.32, 26),
    (8104, 0.26, 26),
    (8105, 0.26, 26),
    (8109, 0.26, 26),
)


def test_cards_of_which_the_dark_leaves_little_more_than_the_number_are_told_by_it(reader):
    told = 0
    for seed, light, noise in FAINT_LIGHTS:
        picture, number = _in_faint_light(seed, light, noise)
        reading = reader.read(picture, risk=True)
        if reading.answering is not None:
            assert reading.risk is RiskType.NORMAL
            assert reading.answering.field(FieldName.IDCARDNO).text == number
            told += 1
    assert told >= 4  # processors differ in their arithmetic, and here the last bits tell what is still read


@pytest.mark.parametrize(
    ("number", "light", "told"),
    [
        pytest.param("632802197207023232", FAINT, True, id="a valid number, in faint light"),
        pytest.param("632802197207023233", FAINT, False, id="one with a wrong check digit"),
        pytest.param("519921198309178188", FAINT, False, id="one of no county: two digits are wrong"),
        pytest.param("632802197207023232", GOOD, False, id="a valid number, where all else should be read"),
    ],
)
def test_a_number_alone_tells_a_card_in_faint_light_only(number, light, told):
    read = {name: Placed(EMPTY) for name in FIELDS[Side.FRONT]} | {
        FieldName.IDCARDNO: Placed(Value(number, number, 0.9))
    }
    view = CardView(np.zeros((54, 86, 3), np.uint8), FRAME_QUAD)
    text = CardText(view, Side.FRONT, SideReading(read, {}, 6.0), ())
    obstructions = {name: Obstruction() for name in read}
    assert is_credible(text, _sight(light=light, obstructions=obstructions)) is told


def test_a_card_whose_values_are_blacked_out_is_told_by_its_labels(reader):
    specimen = make_specimen(8104, Condition.PLAIN, "", (1600, 1200))
    card = specimen.label.cards[0]
    assert card.side is Side.FRONT
    picture = cv2.imdecode(np.frombuffer(specimen.jpeg, np.uint8), cv2.IMREAD_COLOR)
    for name in (FieldName.NAME, FieldName.BIRTHDAY, FieldName.ADDRESS, FieldName.IDCARDNO):
        cv2.fillPoly(picture, [np.round(card.quads[name]).astype(np.int32)], (0, 0, 0))
    reading = reader.read(picture)
    assert reading.status is ImageStatus.NORMAL
    assert reading.answering.field(FieldName.SEX).text == card.fields[FieldName.SEX]
    assert reading.answering.field(FieldName.IDCARDNO).text == ""


def test_the_title_side_of_a_temporary_card_has_no_values_that_could_be_missing(reader):
    paper = Paper.new(np.random.default_rng(3), 540, (205, 232, 214))
    paper.title("中华人民共和国", 120, 44)
    paper.title("临时居民身份证", 215, 66)
    flat = cv2.resize(paper.finish().image, (900, 568), interpolation=cv2.INTER_AREA)
    picture = np.full((900, 1300, 3), (60, 80, 110), np.uint8)
    picture[160 : 160 + 568, 200:1100] = flat
    reading = reader.read(picture, "back", risk=True)
    assert reading.status is ImageStatus.NORMAL
    assert reading.risk is RiskType.TEMPORARY
