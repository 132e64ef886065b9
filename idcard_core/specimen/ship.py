"""Makes the shipped samples anew: ``python -m idcard_core.specimen.ship``.

One picture of every condition at a size that is fixed here, so that all together stay below 8 MB; a few are real
12-megapixel pictures. Run it after a change to the drawing, look at the pictures, then commit them.
"""

from __future__ import annotations

from idcard_core.specimen.conditions import Condition
from idcard_core.specimen.labels import LABELS_FILE, write_labels
from idcard_core.specimen.make import Specimen, make_specimen
from idcard_core.specimen.samples import SAMPLES_DIR

_SEED = 20_240_601
_LARGEST_TOTAL = 8_000_000
_SIZES: dict[Condition, tuple[int, int] | None] = {
    Condition.TILT: (4000, 3000),
    Condition.SHADOW: (1920, 1080),
    Condition.NO_MARGIN: (1000, 631),
    Condition.LONG_ADDRESS: (1920, 1080),
    Condition.MINORITY: (4032, 3024),
    Condition.SMALL: None,
    Condition.A4_SCAN: None,
}
"""Sizes in pixels that differ from the usual one; None leaves it to the condition."""
_USUAL = ((1280, 960), (1000, 750), (900, 1200), (960, 720))
_TWICE = (Condition.TILT, Condition.BOTH_SIDES, Condition.GLARE, Condition.BILINGUAL)
"""Conditions shown by two pictures."""


def samples() -> list[Specimen]:
    """Every shipped sample, made from the seed."""
    wanted = [*Condition, *_TWICE]
    made = []
    for number, condition in enumerate(wanted):
        size = _SIZES.get(condition, _USUAL[number % len(_USUAL)])
        if number >= len(Condition):
            size = _USUAL[number % len(_USUAL)]
        made.append(make_specimen(_SEED + number, condition, f"{number:02d}_{condition.value}.jpg", size))
    return made


def main() -> None:
    """Replace the shipped pictures and their labels."""
    made = samples()
    total = sum(len(specimen.jpeg) for specimen in made)
    if total > _LARGEST_TOTAL:
        raise SystemExit(f"{total} bytes of samples are more than the {_LARGEST_TOTAL} that may be shipped")
    for old in SAMPLES_DIR.glob("*.jpg"):
        old.unlink()
    for specimen in made:
        (SAMPLES_DIR / specimen.label.image).write_bytes(specimen.jpeg)
    write_labels(SAMPLES_DIR / LABELS_FILE, [specimen.label for specimen in made])
    print(f"{len(made)} samples, {total / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
