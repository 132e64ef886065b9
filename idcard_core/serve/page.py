"""The API as a page to read: one HTML document without scripts, pictures or anything from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from idcard_core.contract.tables import ANSWER, ERROR_TABLE, PARAMETERS, Words
from idcard_core.serve import paths
from idcard_core.settings import Settings

PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
LANGUAGES = ("zh", "en")

_STYLE = """
:root { color-scheme: light dark; --line: #d8dce5; --soft: #f5f6f8; --ink: #1b2130; --accent: #2f5bea; --paper: #fff }
@media (prefers-color-scheme: dark) {
  :root { --line: #2a3140; --soft: #1a1f29; --ink: #e6e9f0; --accent: #9db3ff; --paper: #0f1218 } }
body { font: 15px/1.6 -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
  color: var(--ink); background: var(--paper); max-width: 60rem; margin: 2rem auto; padding: 0 1.25rem }
h1 { font-size: 1.6rem; margin-bottom: .25rem } h2 { font-size: 1.15rem; margin: 2.2rem 0 .6rem }
a { color: var(--accent) } nav { float: right }
.wide { overflow-x: auto } table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .45rem .7rem; border-bottom: 1px solid var(--line) }
th { font-weight: 600; background: var(--soft); white-space: nowrap }
code, pre { font: .86em/1.5 ui-monospace, Menlo, Consolas, monospace } code { background: var(--soft); padding: .1em
  .3em; border-radius: .25em }
pre { background: var(--soft); padding: .8rem 1rem; border-radius: .5rem; overflow-x: auto }
pre code { padding: 0; font-size: 1em }
td:first-child, .values td:nth-child(2) { white-space: nowrap }
th::first-letter, p::first-letter { text-transform: uppercase }
"""

_TITLE = Words("身份证识别接口", "Identity card API")
_INTRO = Words(
    "请求与返回和所替代的产品一致；图片不离开本机。",
    "Requests and answers are those of the product it replaces; no picture leaves this machine.",
)
_ROUTES = (
    ("POST", paths.RECOGNISE, Words("识别", "read a card")),
    ("POST", paths.ALIAS, Words("同上，产品原有路径", "the same, under the product's own path")),
    ("GET", paths.QUOTA, Words("密钥剩余次数", "calls left of a key")),
    ("GET", paths.ALIVE, Words("进程存活", "the process is alive")),
    ("GET", paths.READY, Words("模型已加载", "the models are loaded")),
    ("GET", paths.METRICS, Words("Prometheus 指标", "Prometheus metrics")),
    ("GET", paths.OPENAPI, Words("OpenAPI 文档", "the OpenAPI document")),
)
_SHAPES = (
    (
        Words("表单，或同名键的 JSON", "a form, or JSON with the same keys"),
        '{"image": "...", "id_card_side": "front", "detect_direction": "true"}',
    ),
    (
        Words("JSON，configure 为字符串", "JSON with a configure string"),
        '{"image": "...", "configure": "{\\"side\\":\\"face\\"}"}',
    ),
    (
        Words("旧格式 inputs", "the old form, inputs"),
        '{"inputs": [{"image": {"dataType": 50, "dataValue": "..."},\n'
        '             "configure": {"dataType": 50, "dataValue": "{\\"side\\":\\"face\\"}"}}]}',
    ),
)
_KEYS = Words("请求头 Authorization: APPCODE <key>", "header Authorization: APPCODE <key>")
_NO_KEYS = Words("未启用密钥", "keys are switched off")
_HEADS = {
    "routes": Words("路径", "Routes"),
    "shapes": Words("请求的三种格式", "Three shapes of a request"),
    "parameters": Words("参数", "Parameters"),
    "answer": Words("返回", "Answer"),
    "errors": Words("错误", "Errors"),
    "limits": Words("限制", "Limits"),
    "name": Words("名称", "name"),
    "meaning": Words("含义", "meaning"),
    "values": Words("取值", "values"),
    "type": Words("类型", "type"),
    "when": Words("何时", "when"),
    "code": Words("错误码", "code"),
    "message": Words("错误信息", "message"),
    "required": Words("必填", "required"),
    "body": Words("请求体最大字节数", "largest body, bytes"),
    "waiting": Words("等待队列", "requests that may wait"),
    "seconds": Words("识别时限（秒）", "time limit of a recognition, seconds"),
    "access": Words("调用权限", "who may call"),
}


def page(settings: Settings, language: str) -> str:
    """The page in ``language``, one of `LANGUAGES`."""

    def say(words: Words) -> str:
        return escape(words.zh if language == "zh" else words.en)

    def head(name: str) -> str:
        return say(_HEADS[name])

    def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
        first = "".join(f"<th>{head(name)}</th>" for name in heads)
        rest = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
        parts = f"<thead><tr>{first}</tr></thead><tbody>{rest}</tbody>"
        return f'<div class="wide"><table class="{heads[1]}">{parts}</table></div>'

    other = next(one for one in LANGUAGES if one != language)
    serve = settings.serve
    limits = (
        (head("access"), say(_KEYS if serve.keys else _NO_KEYS)),
        (head("body"), str(serve.body_bytes)),
        (head("waiting"), str(serve.queue)),
        (head("seconds"), f"{serve.recognition_seconds:g}"),
    )
    parts = [
        f'<nav><a href="?lang={other}">{"English" if other == "en" else "中文"}</a></nav>',
        f"<h1>{say(_TITLE)}</h1><p>{say(_INTRO)}</p>",
        f"<h2>{head('routes')}</h2>",
        table(("name", "meaning"), ((f"<code>{verb} {path}</code>", say(text)) for verb, path, text in _ROUTES)),
        f"<h2>{head('shapes')}</h2>",
        *(f"<p>{say(text)}</p><pre><code>{escape(example)}</code></pre>" for text, example in _SHAPES),
        f"<h2>{head('parameters')}</h2>",
        table(
            ("name", "values", "meaning"),
            (
                (
                    f"<code>{one.name}</code>" + (f" · {head('required')}" if one.required else ""),
                    " ".join(f"<code>{value}</code>" for value in one.values),
                    say(one.meaning),
                )
                for one in PARAMETERS
            ),
        ),
        f"<h2>{head('answer')}</h2>",
        table(
            ("name", "type", "when", "meaning"),
            ((f"<code>{one.name}</code>", one.type, say(one.when), say(one.meaning)) for one in ANSWER),
        ),
        f"<h2>{head('errors')}</h2>",
        table(
            ("code", "message", "when"),
            ((str(row.kind.code), f"<code>{escape(row.message)}</code>", say(row.when)) for row in ERROR_TABLE),
        ),
        f"<h2>{head('limits')}</h2>",
        table(("name", "values"), limits),
    ]
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{say(_TITLE)}</title><style>{_STYLE}</style></head><body>{''.join(parts)}</body></html>"
    )


def language_of(asked: str | None, accepted: str) -> str:
    """The language that was ``asked`` for, else the first of the ``accepted`` ones (header ``Accept-Language``)."""
    if asked in LANGUAGES:
        return asked
    return "zh" if accepted.strip().lower().startswith("zh") else "en"
