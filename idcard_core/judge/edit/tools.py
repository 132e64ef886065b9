"""Which programs are editors: a table of names, each with why it is in.

An editor is a program with which the printed text or the portrait of a card could have been changed, and which people
open for that: retouching, painting, layout, filters on faces, generators. A name that is not in the table is none: a
false alarm on a camera's firmware is worse than an editor nobody has heard of.

Left out on purpose, because they name themselves in files they have not changed: firmware of cameras and phones, which
their own galleries leave in place even after a crop; scanners' drivers; converters and libraries (ImageMagick, Pillow,
gd, FFmpeg); scanning apps such as CamScanner 扫描全能王, which crop, straighten and clean; viewers and organisers that
sign a mere rotation, resizing or keyword (IrfanView, XnView, Picasa, iPhoto, Preview, digiKam, Bridge, Windows
Photo Viewer, Gallery and Microsoft's Photos, whose signature is "Windows Photo Editor"); the raw converters that come
with a camera (Digital Photo Professional, ViewNX, SILKYPIX), without which a raw picture cannot be shown.
"""

from __future__ import annotations

import re
import unicodedata

_RETOUCHING = (
    # Adobe
    r"(?:adobe )?photoshop(?! (?:album|elements [\d.]* ?organi[sz]er))",  # all but the organisers that go by its name
    r"adobe (?:imageready|fireworks|firefly|express|lightroom|camera raw)",  # the Photoshop family; Firefly generates
    r"(?:photoshop )?lightroom\b",  # develops, and retouches: healing, removal, masks
    r"camera raw\b",  # Lightroom's engine inside Photoshop
    r"ps express\b",  # Photoshop Express, the phone app
    # on the desktop
    r"(?:the )?gimp\b|gnu image manipulation program",
    r"paint\.net\b",
    r"affinity (?:photo|designer|publisher)\b",
    r"pixelmator\b|photomator\b",  # macOS and iOS
    r"acorn \d",  # macOS
    r"photoline \d|photofiltre\b|photoscape\b|photopad\b|photodemon\b|(?:cyberlink )?photodirector\b",
    r"(?:corel )?paint ?shop (?:photo )?pro\b|jasc paint shop|(?:corel )?photo-paint\b|corel photoimpact\b",
    r"(?:ulead )?photoimpact\b",
    r"acd systems digital imaging",  # what ACDSee signs with when it saves
    r"acdsee (?:pro|ultimate|photo editor|photo studio|gemstone)",
    r"zoner photo (?:studio|editor)",
    r"serif photoplus\b|(?:magix )?photo & graphic designer\b|magix photo designer\b",
    r"(?:anthropics )?portrait ?pro\b|portraiture\b|luminar\b|skylum\b|on1 (?:photo|effects)",  # faces and skies anew
    r"topaz (?:photo|gigapixel|denoise|sharpen|studio|labs)",  # invents detail
    r"capture one\b|dxo (?:photolab|opticspro|optics pro|filmpack)|nik collection\b",  # Lightroom's peers
    r"darktable\b|rawtherapee\b",
    # in the browser
    r"(?:www\.)?photopea\b",
    r"pixlr\b|befunky\b|picmonkey\b|ipiccy\b|sumopaint\b",
    r"fotor\b",
    r"polarr\b|泼辣修图",
    # Chinese, on the desktop
    r"光影魔术手|neo ?imaging\b",  # its English name
    r"(?:美图|meitu)(?!手机| ?[a-z]{1,2}\d| ?\d\b(?!\.))",  # 美图秀秀 and sisters; the phones are Meitu M8, Meitu 2
    r"图片工厂|picosmos\b|可牛影像|彩影",
)
"""Retouching: programs whose purpose is to change pixels."""

_PAINTING = (
    r"krita\b",
    r"microsoft paint\b|paint(?: 3d)?$|ms ?paint\b",  # a box of paint over a digit is all it takes
    r"kolourpaint\b|mypaint\b|pinta\b|gpaint\b|tux paint\b",
    r"corel ?draw\b|corel painter\b",
    r"adobe (?:illustrator|indesign|after effects|animate|xd)\b",  # layout: the card is a part of something composed
    r"(?:www\.)?inkscape\b|sketchbook\b|procreate\b|clip ?studio paint|ibis ?paint|medibang\b|paint ?tool sai\b",
    r"figma\b|bohemiancoding\.com/sketch\b",  # the second is how Sketch signs
)
"""Painting, drawing and layout."""

_APPS = (
    r"snapseed\b",
    r"picsart\b",
    r"vsco(?:cam)?\b",
    r"facetune\d?\b|faceapp\b|youcam\b|beautyplus\b|airbrush\b|lensa\b|remini\b|prequel\b|prisma\b",  # faces
    r"line camera\b|inshot\b|lightx\b|afterlight\b|enlight\b|aviary\b|touchretouch\b|photogrid\b",
    r"醒图|hypic\b|xingtu\b",  # ByteDance
    r"轻颜|ulike\b|faceu\b|无他相机|b612\b|beautycam\b|美颜相机|一甜相机|camera ?360\b|相机360",  # reshape faces
    r"黄油相机|butter ?camera\b",  # lettering on pictures
    r"天天p图|pitu\b|ttpic\b",  # Tencent
    r"剪映|jianying\b|capcut\b",
    r"mix滤镜大师|玩图|百度魔图|海报工厂|简拼|马卡龙玩图",
)
"""Apps for the phone; those that are cameras change the face while they take it."""

_TEMPLATES = (
    r"canva\b|可画",
    r"稿定|gaoding\b",
    r"创客贴|chuangkit\b|ckt design\b",
    r"图怪兽|爱设计|懒设计|易企秀|即时设计|mastergo\b",
)
"""Layout on templates, in the browser."""

_GENERATORS = (
    r"stable diffusion\b|automatic1111\b|comfyui\b|invokeai\b|fooocus\b|novelai\b|dreamstudio\b|sdxl\b",
    r"midjourney\b",
    r"dall[·\- .]?e\b|(?:openai|chatgpt)\b|gpt-(?:4o|image)",
    r"bing image creator|microsoft designer|(?:microsoft )?image creator\b|microsoft responsible ai",
    r"(?:made|edited) with google ai|google (?:generative ai|imagen)|nano banana",
    r"豆包|doubao\b|即梦|jimeng\b|dreamina\b|seedream\b",
    r"通义|tongyi\b|文心|wenxin\b|可灵|kling ?ai\b|混元|hunyuan\b|liblib|无界ai|智谱清言|星绘",
    r"leonardo\.? ?ai\b|ideogram\b|flux[. ]1\b|black forest labs|stability ai\b",
)
"""Makers of pictures from words; a card from one was never printed."""

_NAMES = (*_RETOUCHING, *_PAINTING, *_APPS, *_TEMPLATES, *_GENERATORS)
_EDITOR = re.compile("|".join(f"(?:{name})" for name in _NAMES), re.ASCII)  # a Chinese character ends a Latin word
_FIRMWARE = re.compile(r"[a-z0-9 ]+-(?:user|userdebug|eng)\b")
"""An Android build begins with the device's code name, which may be that of any program."""


def is_editor(name: str) -> bool:
    """Whether a program's name, as written in a file, begins with that of a known editor."""
    plain = _plain(name)
    return _EDITOR.match(plain) is not None and _FIRMWARE.match(plain) is None


def _plain(name: str) -> str:
    """Lower case, usual widths, single blanks: ``Adobe_Photoshop/25`` is how credentials spell it."""
    text = unicodedata.normalize("NFKC", name).replace("_", " ").replace("®", "").replace("™", "")
    return " ".join(text.casefold().split())
