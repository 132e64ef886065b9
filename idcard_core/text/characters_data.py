"""Writes the tables under ``text/data`` that ``characters`` reads. Run by hand; never at install or run time.

    python -m idcard_core.text.characters_data [FOLDER_OF_UNICODE_DATA]

needs the Unicode Character Database with Unihan (Debian's ``unicode-data`` puts it into ``/usr/share/unicode``) and the
package ``opencc``. The tables it writes:

``standard.txt``  the 8105 characters of 通用规范汉字表 (2013), Unihan property kTGH, in the order of that table.
``variants.txt``  a line for each standard character that has other forms: the character, then those forms.
``unified.txt``   likewise for CJK radicals and strokes (Equivalent_Unified_Ideograph).
"""

from __future__ import annotations

import bz2
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from pathlib import Path

DEBIAN_UNICODE = Path("/usr/share/unicode")
DATA = Path(__file__).parent / "data"

_OPENCC_ROUTES = (("t2s",), ("jp2t", "t2s"), ("tw2t", "t2s"), ("hk2t", "t2s"))
"""OpenCC conversions from another form to the mainland's, the plain traditional one first."""

_NOT_VARIANTS = frozenset("糸妳")
"""Forms a source calls variants of a character that they are neither in shape nor on a card: 糸 is read for 系
rather than for 丝, and 妳 for 你 (below), not for 奶."""

_FURTHER_VARIANTS = (
    # Variants the sources above lack, or know only as Unihan's kSemanticVariant or kZVariant, whose every line
    # cannot be trusted: looked through by hand. First the standard character, then its other forms.
    *("你妳", "厨㕑", "宿㝛", "帆㠶", "事亊", "亡亾", "径俓", "倏倐", "仿倣", "逼偪", "偷偸", "仙僊", "兔兎"),
    *("俞兪", "冉冄", "凡凢", "刃刄", "劫刦刧刼", "敕勑", "勖勗", "丐匃", "崖厓", "厂厰", "睿叡", "叫呌"),
    *("吞呑", "咒呪", "啖啗噉", "唁喭", "国囯圀", "函圅", "丘坵", "坎埳", "阶堦", "碱堿鹻", "葬塟", "婿壻"),
    *("寿夀", "妒妬", "姊姉", "妊姙", "婀娿", "姻婣", "孽孼", "冗宂", "冤寃", "宁寍寕寜", "置寘", "宝寳"),
    *("剋尅", "尔尒", "出岀", "峨峩", "仑崘", "昆崐", "匝帀", "裙帬裠", "帮幇幚", "幕幙", "厩廐", "巡廵"),
    *("迪廸", "迫廹", "回廻逥", "乃廼", "强彊", "往徃", "匆怱悤", "怪恠", "吝恡", "哲悊", "惕悐", "误悞"),
    *("德悳惪", "博愽", "总摠縂", "憩憇", "欢懽", "戏戱", "厄戹", "拗抝", "拿拏挐", "拖拕", "擒捦", "研揅硏"),
    *("捏揑", "扯撦", "举擧", "考攷", "幡旛", "昏昬", "晰晳", "映暎", "昵暱", "叠曡疉", "朵朶", "楠枏", "柳栁"),
    *("柏栢", "梨棃", "棕椶", "稿槀稾", "概槩槪", "橛橜", "楫檝", "棹櫂", "凳櫈", "棂櫺", "款欵", "毗毘"),
    *("毡氊", "冰氷", "莅涖", "涩澁濇", "浣澣", "浚濬", "阔濶", "涅湼", "淳湻", "灾烖菑", "炯烱", "辉煇"),
    *("煮煑", "暖煖", "熙熈煕", "焰燄焔", "窗牕窓窻", "犁犂", "殉狥", "猿猨蝯", "妙玅", "兹玆", "珍珎"),
    *("玳瑇", "琉瑠璢", "琅瑯", "璃瓈", "尝甞", "耕畊", "略畧", "留畱", "疆畺", "匹疋", "疏疎踈", "愈瘉"),
    *("鼓皷", "盍盇", "瞰矙", "炮砲礮", "棋碁棊", "砧碪", "涧磵", "粳秔稉", "糯稬", "稚稺穉", "糠穅", "阱穽"),
    *("窑窰磘", "伫竚", "并竝", "俟竢", "算筭", "箸筯", "帚箒", "筱篠", "笛篴", "篡簒", "藤籐", "秕粃"),
    *("纠糺", "扎紥紮", "绸紬", "绵緜", "绁緤", "绦縚", "襁繈繦", "伞繖", "瓶缾甁", "幂羃", "羌羗", "美羙"),
    *("翱翺翶", "肯肎", "脆脃", "胁脇", "腊臈", "膘臕", "胭臙", "裸臝躶", "皋臯皐", "草艸", "花芲", "莓苺"),
    *("答荅", "豆荳", "荇莕", "果菓", "萱萲蕿蘐", "刍蒭", "艺蓺", "麻蔴", "藜蔾", "蕊蘂蕋", "萼蕚", "薯藷"),
    *("蛔蚘蛕", "螂蜋", "蝶蜨", "蚌蜯", "融螎", "蚓螾", "蚊蟁螡", "蟹蠏", "蜂蠭", "脉衇䘑", "帙袠", "衽袵"),
    *("褒襃", "观覌", "睹覩", "斤觔", "粗觕麤麁", "言訁", "察詧", "歌謌", "讹譌", "宴讌", "仇讐", "登豋"),
    *("獾貛", "质貭", "宾賔", "剩賸", "趁趂", "蹄蹏", "躬躳", "轭軶", "软輭", "罪辠", "辣辢", "遁遯", "鸩酖"),
    *("酬酧醻", "盏醆琖", "焊釬", "刨鉋鑤", "铅鈆", "锄鉏", "铁銕鐡", "锁鎻", "矿鑛鉱", "哄閧", "坑阬", "峭陗"),
    *("陕陜", "堤隄", "邻隣", "韧靭靱", "鞍鞌", "鞋鞵", "靴鞾", "韭韮", "腮顋", "憔顦", "飙飈", "翻飜"),
    *("餐飡", "饼餠", "糖餹", "糕餻", "馈餽", "膳饍", "驳駮", "腿骽", "鲠骾", "高髙", "剃鬀", "斗鬪鬬"),
    *("虾鰕", "鳝鱓", "雁鴈", "鹅鵞", "雏鶵", "麟麐", "獐麞", "蛙鼃", "鳌鼇", "鳖鼈", "咬齩", "庞龎", "龙龒"),
    *("秋龝", "弊𡚁", "场塲", "镌鑴", "钻鑚", "苟茍", "污汚", "耀燿", "它牠", "碗盌", "胸胷", "裤袴"),
    *("喂餧", "崎嵜﨑", "俱倶", "动働", "冒冐", "富冨", "最冣", "准凖", "创剏剙", "剑劔", "券劵", "世卋"),
    *("坳垇", "墩墪", "垄壠", "侄姪", "姬姫", "尚尙", "坂岅", "庶庻", "慎愼", "戚慼慽", "骄憍", "勤懃"),
    *("忏懴", "钳拑", "救捄", "构搆", "捂摀", "携擕", "期朞", "桑桒", "椭楕", "梅楳槑", "桥槗", "规槼"),
    *("清淸", "渊渕", "灌潅", "漱潄", "燮爕", "珏玨", "琴琹", "瑰瓌", "喑瘖", "明眀", "眷睠", "眯瞇"),
    *("褚禇", "灶竃", "年秊", "策筞", "篦箆", "个箇亇", "缠纒", "绒羢", "羹羮", "聪聡聦", "吻脗", "肠膓"),
    *("臀臋", "舍舎", "荔茘", "莽莾", "萌萠", "蒂蔕", "苏蘓", "虻蝱", "蟆蟇", "裴裵", "羁覊", "赞讃", "贤贒"),
    *("体躰軆", "辄輙", "办辧", "远逺", "溯遡", "鉴鍳", "枪鎗", "罐鑵", "闭閇", "阴隂", "雷靁", "青靑"),
    *("饮飮", "饰餝", "驮駄", "驱駈", "骂駡", "髯髥", "鲹鯵", "凤鳯", "鸱鵄", "莺鸎", "嗅齅", "填塡", "插揷"),
    *("娱娯", "值値", "吴呉", "户戸", "郎郞", "绪緖", "乡郷鄕", "隶隷", "喻喩", "磷燐", "彝彞彜", "岙嶴"),
    *("从徔", "时峕旹", "昂昻", "貌皃", "牢窂", "奇竒", "竺笁", "谷糓", "联聨", "节莭", "盖葢", "萨蕯", "虚虗"),
    *("觅覔", "迥逈", "邢郉", "酆鄷", "关闗", "顾頋", "验騐", "燕鷰", "韬鞱", "颐頥", "原厡", "丑丒", "厅廰"),
    *("华崋", "寝寑", "岛嶌嶋", "阎閰", "滨濵", "亩畆畮", "塔墖", "仓仺", "麹麴"),
    # Not variants but rare characters of nearly the same shape, read where the common one is printed.
    *("井丼", "任仼", "柿杮", "市巿", "口囗", "木朩", "土圡", "本夲"),
)


_NOTICE = (
    "# Written by idcard_core.text.characters_data; do not edit.",
    "# From data of Unicode (Unicode License v3) and OpenCC (Apache-2.0).",
)


def main(unicode_folder: Path = DEBIAN_UNICODE) -> None:
    """Write the three tables."""
    standard = standard_characters(unicode_folder)
    kept = set(standard)
    _write(DATA / "standard.txt", "The 8105 characters of 通用规范汉字表 (2013): Unihan kTGH.", _rows(standard))
    _write(
        DATA / "variants.txt",
        "A standard character, then its traditional, Japanese and other forms: OpenCC, and pairs checked by hand.",
        _groups(variants(_ideographs(unicode_folder), kept, _opencc_routes())),
    )
    _write(
        DATA / "unified.txt",
        "An ideograph, then the CJK radicals and strokes that look the same: Equivalent_Unified_Ideograph.",
        _groups(unified(unicode_folder)),
    )


def standard_characters(unicode_folder: Path) -> list[str]:
    """The characters of 通用规范汉字表 in its order."""
    numbered: list[tuple[int, str]] = []
    with bz2.open(unicode_folder / "Unihan_OtherMappings.txt.bz2", "rt", encoding="utf-8") as lines:
        for line in lines:
            if match := re.match(r"U\+([0-9A-F]+)\tkTGH\t2013:(\d+)", line):
                numbered.append((int(match[2]), chr(int(match[1], 16))))
    return [character for _, character in sorted(numbered)]


def variants(
    characters: Iterable[str], standard: set[str], routes: Iterable[Callable[[str], str]]
) -> Mapping[str, str]:
    """Form -> standard character, for those ``characters`` outside ``standard`` that have one."""
    by_hand = {form: group[0] for group in _FURTHER_VARIANTS for form in group[1:]}
    routes = tuple(routes)
    found: dict[str, str] = {}
    for form in characters:
        if form in standard or form in _NOT_VARIANTS - by_hand.keys():
            continue
        answers = (by_hand.get(form, ""), *(route(form) for route in routes))
        if answer := next((a for a in answers if a in standard), None):
            found[form] = answer
    return found


def unified(unicode_folder: Path) -> Mapping[str, str]:
    """CJK radical or stroke -> the ideograph that looks the same."""
    found: dict[str, str] = {}
    text = (unicode_folder / "EquivalentUnifiedIdeograph.txt").read_text(encoding="utf-8")
    for match in re.finditer(r"(?m)^([0-9A-F]+)(?:\.\.([0-9A-F]+))? *; ([0-9A-F]+)", text):
        first, last = int(match[1], 16), int(match[2] or match[1], 16)
        found |= dict.fromkeys(map(chr, range(first, last + 1)), chr(int(match[3], 16)))
    return found


def _ideographs(unicode_folder: Path) -> list[str]:
    """Every ideograph with a Unihan entry of its radical, in code point order."""
    with bz2.open(unicode_folder / "Unihan_IRGSources.txt.bz2", "rt", encoding="utf-8") as lines:
        return [chr(int(line[2:].split("\t", 1)[0], 16)) for line in lines if "\tkRSUnicode\t" in line]


def _opencc_routes() -> list[Callable[[str], str]]:
    opencc = import_module("opencc")  # no dependency of this project: wanted only to write the tables

    def route(names: tuple[str, ...]) -> Callable[[str], str]:
        steps = [opencc.OpenCC(name) for name in names]

        def convert(character: str) -> str:
            for step in steps:
                character = step.convert(character)
            return character

        return convert

    return [route(names) for names in _OPENCC_ROUTES]


def _groups(forms: Mapping[str, str]) -> list[str]:
    groups: dict[str, list[str]] = {}
    for form, character in forms.items():
        groups.setdefault(character, [character]).append(form)
    return ["".join(group) for _, group in sorted(groups.items())]


def _rows(characters: list[str], width: int = 100) -> list[str]:
    return ["".join(characters[at : at + width]) for at in range(0, len(characters), width)]


def _write(path: Path, title: str, rows: list[str]) -> None:
    path.write_text("\n".join((f"# {title}", *_NOTICE, *rows, "")), encoding="utf-8")


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:2]))
