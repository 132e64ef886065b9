"""Decoding of per-step probabilities."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from idcard_core.text.decode import best_of, forward_score, read_plain, search
from idcard_core.text.engine import LineProbabilities

ALPHABET = ("", "a", "b", "1", "１")


def _line(path, sure=0.9):
    """A line whose best path is ``path``, a string with - for blank."""
    probabilities = np.full((len(path), len(ALPHABET)), (1 - sure) / (len(ALPHABET) - 1), np.float32)
    for step, character in enumerate(path):
        probabilities[step, ALPHABET.index("" if character == "-" else character)] = sure
    return LineProbabilities(probabilities, ALPHABET, len(path))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        pytest.param("--aa--b-", "ab", id="repeats merge, blanks go"),
        pytest.param("a-a", "aa", id="a blank parts equal characters"),
        pytest.param("aaa", "a", id="no blank, one character"),
        pytest.param("----", "", id="nothing"),
        pytest.param("ab1", "ab1", id="neighbours without blanks"),
    ],
)
def test_the_plain_reading_follows_the_best_path(path, text):
    assert "".join(c.text for c in read_plain(_line(path))) == text


def _faint(path, at, blank):
    """``path`` with an 'a' at step ``at`` that the blank outweighs with probability ``blank``."""
    line = _line(path)
    line.probabilities[at] = (blank, 1 - blank - 0.002, 0.001, 0.0005, 0.0005)
    return line


@pytest.mark.parametrize(
    ("line", "text"),
    [
        pytest.param(_faint("b-----1", 3, 0.55), "ba1", id="hardly known, in a place of its own"),
        pytest.param(_faint("b-----1", 3, 0.9), "b1", id="a mere trace"),
        pytest.param(_faint("b-----1", 1, 0.55), "b1", id="the edge of its neighbour"),
    ],
)
def test_what_the_blank_only_just_outweighs_is_read_too(line, text):
    assert "".join(c.text for c in read_plain(line)) == text


def test_a_character_knows_its_steps_and_its_place():
    (character,) = read_plain(_line("--aa----"))
    assert (character.first, character.last) == (2, 3)
    assert character.position == pytest.approx(3 / 8)
    assert character.probability == pytest.approx(0.9)


def _collapse(path):
    merged = [step for at, step in enumerate(path) if at == 0 or step != path[at - 1]]
    return tuple(step for step in merged if step != 0)


@given(st.integers(0, 10_000), st.lists(st.integers(1, 2), max_size=3))
def test_the_forward_score_is_the_sum_over_all_paths(seed, classes):
    probabilities = np.random.default_rng(seed).dirichlet(np.ones(3), size=4)
    paths = (path for path in product(range(3), repeat=4) if _collapse(path) == tuple(classes))
    total = sum(np.prod([probabilities[step, c] for step, c in enumerate(path)]) for path in paths)
    score = forward_score(np.log(probabilities), classes)
    assert np.exp(score) == pytest.approx(total, abs=1e-9)


def test_candidates_are_ranked_and_unknown_characters_left_out():
    ranked = best_of(_line("-a-b-"), ("ba", "ab", "a", "xyz"))
    assert [text for text, _ in ranked] == ["ab", "a", "ba"]


@given(st.integers(0, 10_000))
def test_a_search_with_room_for_everything_finds_the_exact_scores(seed):
    rng = np.random.default_rng(seed)
    line = LineProbabilities(rng.dirichlet(np.ones(3), size=4).astype(np.float32), ("", "a", "b"), 4)
    found = dict(search(line, ("a", "b"), beam=200))
    for text in ("", "a", "ab", "ba", "aa", "aba"):
        exact = forward_score(np.log(line.probabilities), [("", "a", "b").index(c) for c in text])
        assert found[text] == pytest.approx(exact, abs=1e-4)


def test_a_full_width_digit_counts_for_its_letter():
    assert search(_line("-１-"), ("1",))[0][0] == "1"


def test_an_unlawful_prefix_is_never_grown():
    texts = [text for text, _ in search(_line("a-b-a"), ("a", "b"), lawful_prefix=lambda prefix: "b" not in prefix)]
    assert texts
    assert not any("b" in text for text in texts)
