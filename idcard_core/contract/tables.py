"""The wire contract as tables to read: what the documentation, the API's description and the dashboard show of it."""

from __future__ import annotations

from dataclasses import dataclass

from idcard_core.errors import (
    Forbidden,
    FormatError,
    IdCardError,
    ImageDataError,
    JsonError,
    NotReady,
    PayloadTooLarge,
    RecognitionError,
    RecognitionTimeout,
    RequestTimeout,
    ResultError,
    ServiceBusy,
    UnknownPath,
    WrongCategory,
)


@dataclass(frozen=True, slots=True)
class Words:
    """The same in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a request; ``values`` are all there are, or none when it is free."""

    name: str
    required: bool
    values: tuple[str, ...]
    meaning: Words


@dataclass(frozen=True, slots=True)
class AnswerField:
    """A field of an answer; ``when`` it is there."""

    name: str
    type: str
    when: Words
    meaning: Words


@dataclass(frozen=True, slots=True)
class ErrorRow:
    """A line of the table of errors."""

    kind: type[IdCardError]
    message: str
    when: Words


SWITCH = ("true", "false")
PARAMETERS = (
    Parameter(
        "image",
        True,
        (),
        Words(
            "图片的 http(s) 公网地址，或图片的 base64（不带 data: 头，表单提交时再作 url 编码，编码后不超过 4 MB）；"
            "最短边不小于 15 像素，最长边不大于 4096 像素；jpg、png、bmp、gif（取第一帧）",
            "A public http(s) URL of the picture, or the picture in base64 (no data: prefix; url-encoded in a form; "
            "at most 4 MiB encoded); shortest side at least 15 px, longest at most 4096 px; jpg, png, bmp, gif (first "
            "frame)",
        ),
    ),
    Parameter(
        "id_card_side",
        True,
        ("front", "back", "auto"),
        Words(
            "front：人像面；back：国徽面；auto（本项目扩展）：图中有哪面读哪面",
            "front: the portrait side; back: the emblem side; auto (ours): whichever sides the picture holds",
        ),
    ),
    Parameter(
        "detect_direction",
        False,
        SWITCH,
        Words("检测图片朝向，在返回中给出 direction", "Find the picture's rotation and report it as direction"),
    ),
    Parameter(
        "detect_risk",
        False,
        SWITCH,
        Words(
            "检测复印、翻拍、临时身份证与编辑痕迹，给出 risk_type 与 edit_tool",
            "Report copies, screens, temporary cards and edits as risk_type and edit_tool",
        ),
    ),
    Parameter(
        "detect_photo",
        False,
        SWITCH,
        Words("给出头像切图 photo 与位置 photo_location", "Cut out the portrait: photo and photo_location"),
    ),
    Parameter(
        "detail",
        False,
        SWITCH,
        Words(
            "本项目扩展：每张证的角点、置信度、四点框、质量、五类风险概率、规则发现与各阶段耗时",
            "Ours: for every card corners, confidences, four-point boxes, quality, five risk probabilities, findings "
            "and the time of each stage",
        ),
    ),
)

_ALWAYS = Words("总有", "always")
_FRONT, _BACK = Words("人像面", "front"), Words("国徽面", "back")
_DIRECTION, _RISK, _PHOTO = (Words(f"detect_{name}", f"detect_{name}") for name in ("direction", "risk", "photo"))
ANSWER = (
    AnswerField("log_id", "uint64", _ALWAYS, Words("本次调用的唯一编号", "unique id of this call")),
    AnswerField(
        "msg",
        "object",
        _ALWAYS,
        Words("识别结果；读不出的字段为空串", "the values read; one that cannot be read is empty"),
    ),
    AnswerField("msg.valid", "bool", _FRONT, Words("身份证号码符合编码规则", "the id number obeys the number rules")),
    AnswerField(
        "msg.name, sex, nation, address, idcardno",
        "string",
        _FRONT,
        Words("姓名、性别、民族、住址、公民身份号码", "name, sex, nation, address, id number"),
    ),
    AnswerField("msg.birthday", "string", _FRONT, Words("出生日期 YYYYMMDD", "birth date, YYYYMMDD")),
    AnswerField("msg.gov", "string", _BACK, Words("签发机关", "issuing authority")),
    AnswerField(
        "msg.begindate, enddate",
        "string",
        _BACK,
        Words("有效期起止 YYYYMMDD；enddate 可为 长期", "validity, YYYYMMDD; enddate may be 长期"),
    ),
    AnswerField(
        "direction",
        "int32",
        _DIRECTION,
        Words(
            "-1 未定义，0 正向，1 / 2 / 3 逆时针 90 / 180 / 270 度",
            "-1 undefined, 0 upright, 1 / 2 / 3 turned 90 / 180 / 270 degrees counter-clockwise",
        ),
    ),
    AnswerField(
        "image_status",
        "string",
        _ALWAYS,
        Words(
            "normal、reversed_side、non_idcard、blurred、other_type_card、over_exposure、over_dark、unknown",
            "normal, reversed_side, non_idcard, blurred, other_type_card, over_exposure, over_dark, unknown",
        ),
    ),
    AnswerField(
        "risk_type",
        "string",
        _RISK,
        Words("normal、copy、temporary、screen、unknown", "normal, copy, temporary, screen, unknown"),
    ),
    AnswerField(
        "edit_tool",
        "string",
        _RISK,
        Words("编辑软件名；未编辑时没有", "name of the editing program; absent without one"),
    ),
    AnswerField("photo", "string", _PHOTO, Words("头像切图 base64", "the portrait in base64")),
    AnswerField(
        "photo_location",
        "object",
        _PHOTO,
        Words("头像位置 left top width height", "its place: left, top, width, height"),
    ),
    AnswerField(
        "idcard_number_type",
        "string",
        _FRONT,
        Words(
            "-1 正面字段全空；0 号码不合法；1 与性别、出生一致；2 都不一致；3 出生不一致；4 性别不一致",
            "-1 all front fields empty; 0 not a possible number; 1 agrees with sex and birth; 2 with neither; 3 not "
            "with birth; 4 not with sex",
        ),
    ),
    AnswerField(
        "words_result",
        "object",
        _ALWAYS,
        Words("以卡面标签为键：location 与 words", "by the printed label: location and words"),
    ),
    AnswerField("words_result_num", "uint32", _ALWAYS, Words("words_result 的条数", "entries in words_result")),
)

_PARSER = "xxx"
"""Stands for the parser's own message."""
ERROR_TABLE = (
    ErrorRow(UnknownPath, UnknownPath.default_message, Words("路径不存在", "unknown path")),
    ErrorRow(
        Forbidden,
        Forbidden.default_message,
        Words("没有密钥、密钥无效，或次数用完", "no key, unknown key, or its calls are used up"),
    ),
    ErrorRow(
        RequestTimeout,
        RequestTimeout.default_message,
        Words("客户端没有按时送完请求", "the client did not deliver its request in time"),
    ),
    ErrorRow(PayloadTooLarge, PayloadTooLarge.default_message, Words("请求体过大", "body too large")),
    ErrorRow(
        ServiceBusy,
        ServiceBusy.default_message,
        Words("队列已满，可按 Retry-After 重试", "the queue is full: safe to retry, see Retry-After"),
    ),
    ErrorRow(JsonError, JsonError.default_message, Words("请求体不是 JSON", "the body is not JSON")),
    ErrorRow(
        FormatError,
        FormatError.MISSING_IMAGE,
        Words("缺少 image（或其他必需的键）", "image, or another key, is missing"),
    ),
    ErrorRow(
        FormatError,
        FormatError.IMAGE_FORMAT,
        Words(
            "image 不是字符串；旧格式中不是 {dataType, dataValue}",
            "image is no string; old form: no {dataType, dataValue}",
        ),
    ),
    ErrorRow(FormatError, FormatError.INPUTS_MISSING, Words("旧格式缺少 inputs", "old form without inputs")),
    ErrorRow(FormatError, FormatError.INPUTS_NO_ARRAY, Words("inputs 不是数组", "inputs is no array")),
    ErrorRow(
        FormatError, FormatError.DATA_VALUE, Words("image 的 dataValue 不是字符串", "dataValue of image is no string")
    ),
    ErrorRow(
        FormatError,
        FormatError.CONFIGURE,
        Words(
            "configure 格式不对，或参数取值不在范围内", "configure has the wrong form, or a value is outside its list"
        ),
    ),
    ErrorRow(
        FormatError,
        FormatError.configure_string(_PARSER).message,
        Words(
            "configure 字符串不是 JSON（xxx 为解析器的信息）",
            "the configure string is no JSON (xxx: the parser's message)",
        ),
    ),
    ErrorRow(FormatError, FormatError.RUNTIME, Words("其他格式不符", "any other mismatch of format")),
    ErrorRow(ImageDataError, ImageDataError.DOWNLOAD, Words("图片下载失败", "the picture cannot be fetched")),
    ErrorRow(ImageDataError, ImageDataError.EMPTY, Words("图片为空串", "empty string")),
    ErrorRow(
        ImageDataError,
        ImageDataError.DECODE,
        Words("不是已知格式的图片，或已损坏", "not a picture in a known format, or broken"),
    ),
    ErrorRow(ImageDataError, ImageDataError.NOT_BASE64, Words("不是 base64", "not base64 at all")),
    ErrorRow(ImageDataError, ImageDataError.DATA_HEADER, Words("带有 data: 头", "a data: prefix is there")),
    ErrorRow(ImageDataError, ImageDataError.PADDING, Words("长度不是 4 的倍数", "length is no multiple of 4")),
    ErrorRow(ImageDataError, ImageDataError.ILLEGAL_CHARACTERS, Words("含有非法字符", "illegal characters")),
    *(
        ErrorRow(ImageDataError, message, Words("GIF 图片的各种错误", "the GIF cases"))
        for message in (
            ImageDataError.GIF_OPEN,
            ImageDataError.GIF_READ,
            ImageDataError.GIF_DECODE,
            ImageDataError.GIF_NO_COLOR_MAP,
            ImageDataError.GIF_EMPTY,
        )
    ),
    ErrorRow(
        ImageDataError,
        ImageDataError.SIZE,
        Words("最短边小于 15 像素，或最长边超限", "shortest side under 15 px or longest over the limit"),
    ),
    ErrorRow(
        WrongCategory,
        WrongCategory.default_message,
        Words(
            "不是身份证（仅 configure 与 inputs 两种格式）",
            "no identity card (only in the forms with configure or inputs)",
        ),
    ),
    ErrorRow(RecognitionError, RecognitionError.FAILED, Words("识别失败", "recognition failed")),
    ErrorRow(RecognitionError, RecognitionError.EXCEPTION, Words("识别时出现异常", "recognition met an exception")),
    ErrorRow(ResultError, ResultError.PARSE, Words("内部结果无法解析", "an internal answer could not be read")),
    ErrorRow(ResultError, ResultError.NO_CODE, Words("内部结果缺少错误码", "an internal error has no code")),
    ErrorRow(
        RecognitionTimeout,
        RecognitionTimeout.default_message,
        Words("识别超时，已中止", "recognition ran past its time limit and was cut off"),
    ),
    ErrorRow(NotReady, NotReady.default_message, Words("尚未就绪，或正在关闭", "not ready, or shutting down")),
)
