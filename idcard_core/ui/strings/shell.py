"""The frame around every page."""

from __future__ import annotations

from collections.abc import Mapping

ZH: Mapping[str, str] = {
    "app.title": "身份证识读",
    "app.tagline": "离线运行，图片不出本机",
    "app.about": "离线识读第二代居民身份证。图片和读出的内容都不会离开这台电脑。",
    "widget.about": "关于",
    "widget.more": "更多",
    "widget.theme-system": "系统",
    "widget.theme-light": "浅色",
    "widget.theme-dark": "深色",
    "language": "语言",
    "page.try": "试读",
    "page.review": "复核",
    "page.evaluation": "标注与评测",
    # the API: a page to call it and to read its contract
    "page.api": "接口",
}

EN: Mapping[str, str] = {
    "app.title": "ID Card Reader",
    "app.tagline": "Offline: pictures stay here",
    "app.about": "Reads second-generation Chinese resident identity cards offline. Neither pictures nor what is read "
    "from them leave this computer.",
    "widget.about": "About",
    "widget.more": "More",
    "widget.theme-system": "System",
    "widget.theme-light": "Light",
    "widget.theme-dark": "Dark",
    "language": "Language",
    "page.try": "Try",
    "page.review": "Review",
    "page.evaluation": "Evaluation",
    # the API: a page to call it and to read its contract
    "page.api": "API",
}
