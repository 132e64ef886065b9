"""Every error this project raises, each with the code and the exact message of the wire contract.

    IdCardError
    ├── ClientError                 the caller's mistake
    │   ├── UnknownPath         400
    │   ├── Forbidden           403
    │   ├── RequestTimeout      408
    │   ├── PayloadTooLarge     413
    │   ├── JsonError           460
    │   ├── FormatError         461   one message a case, see its constants
    │   ├── ImageDataError      462   one message a case, see its constants
    │   ├── DocumentError       462   ours: PDFs and pages, which the wire contract does not know
    │   └── WrongCategory       463
    └── ServerError                 ours
        ├── ServiceBusy         450
        ├── RecognitionError    464
        ├── ResultError         469
        ├── RecognitionTimeout  502
        └── NotReady            503

No message ever carries a field value, a number, a picture or a key.
"""

from __future__ import annotations


class IdCardError(Exception):
    """Base of all; ``code`` is the HTTP status, ``message`` the wire message, ``side`` whose mistake it is."""

    code: int
    default_message: str
    side: str

    def __init__(self, message: str | None = None) -> None:
        self.message = self.default_message if message is None else message
        super().__init__(self.message)


class ClientError(IdCardError):
    """The caller's mistake: never retried, never counted against a key."""

    side = "client"


class ServerError(IdCardError):
    """Ours."""

    side = "server"


class UnknownPath(ClientError):
    code, default_message = 400, "Invalid URL"


class Forbidden(ClientError):
    code, default_message = 403, "Forbidden"


class RequestTimeout(ClientError):
    code, default_message = 408, "Request Timeout"


class PayloadTooLarge(ClientError):
    code, default_message = 413, "Payload Too Large"


class JsonError(ClientError):
    """The body is not JSON."""

    code, default_message = 460, "Invalid Input - failed to parse json"


class FormatError(ClientError):
    """The request is JSON, or a form, but not of the contract's shape."""

    code = 461
    MISSING_IMAGE = "Invalid Input - json format error - missing key: image"
    IMAGE_FORMAT = "Invalid Input - json format error - image format error"
    INPUTS_MISSING = "Invalid Input - json format error - key inputs missing"
    INPUTS_NO_ARRAY = "Invalid Input - json format error - value of inputs must be a array"
    DATA_VALUE = "Invalid Input - json format error - image DataValue format error"
    CONFIGURE = "Invalid Input - json format error - configure format error"
    RUNTIME = "Invalid Input - json format error - json parse runtime exception"
    default_message = RUNTIME

    @classmethod
    def missing(cls, key: str) -> FormatError:
        """A required key is not there."""
        return cls(f"Invalid Input - json format error - missing key: {key}")

    @classmethod
    def configure_string(cls, reason: str) -> FormatError:
        """The configure string is no JSON; ``reason`` is the parser's message."""
        return cls(f"Invalid Input - json format error - failed to parse config str: {reason}")


class ImageDataError(ClientError):
    """The picture cannot be had or is none."""

    code = 462
    _PREFIX = "Invalid Input - image data error - "
    DOWNLOAD = _PREFIX + "download image from url error"
    EMPTY = _PREFIX + "input image empty, please check your image binary data"
    DECODE = _PREFIX + "image decode failed, please check your image binary data"
    NOT_BASE64 = _PREFIX + "base64decode error, please check your image binary data"
    DATA_HEADER = _PREFIX + "please remove additional header: data:image/jpg:base64"
    PADDING = _PREFIX + "base64decode error: incorrect padding in base64 string"
    ILLEGAL_CHARACTERS = _PREFIX + "base64decode error: base64decode error: incorrect base64 format data"
    GIF_OPEN = _PREFIX + "open gif image failed"
    GIF_READ = _PREFIX + "read gif image failed"
    GIF_DECODE = _PREFIX + "decode gif image failed"
    GIF_NO_COLOR_MAP = _PREFIX + "gif data error, no color map got"
    GIF_EMPTY = _PREFIX + "gif image empty"
    SIZE = _PREFIX + "image size out of range"
    default_message = DECODE


class DocumentError(ClientError):
    """A document of pages cannot be read, or one of its pages.

    Ours: the wire contract knows no documents, so that only a person's own files and uploads meet it.
    """

    code = 462
    _PREFIX = "Invalid Input - document error - "
    BROKEN = _PREFIX + "the PDF is broken"
    ENCRYPTED = _PREFIX + "the PDF is encrypted, please save it without its password"
    SLOW = _PREFIX + "the page takes too long to draw"
    TOO_MANY_PAGES = _PREFIX + "more pages than limits.document_pages allows"
    NO_SUCH_PAGE = _PREFIX + "no such page"
    default_message = BROKEN

    @classmethod
    def too_many_pages(cls, most: int) -> DocumentError:
        """The document has more than ``most`` pages."""
        return cls(f"{cls.TOO_MANY_PAGES}: {most}")


class WrongCategory(ClientError):
    """The picture is no identity card, asked in a shape that answers this with an error."""

    code, default_message = 463, "Invalid Input - wrong category"


class ServiceBusy(ServerError):
    """The queue is full; safe to try again."""

    code, default_message = 450, "Service Busy - request queue is full"


class RecognitionError(ServerError):
    """Recognition failed."""

    code = 464
    FAILED = "Invalid Result - algorithm run failed"
    EXCEPTION = "Invalid Result - algorithm runtime exception"
    default_message = FAILED


class ResultError(ServerError):
    """An internal answer could not be read."""

    code = 469
    PARSE = "Invalid Service - parse result error"
    NO_CODE = "Invalid Service - error code missing"
    default_message = PARSE


class RecognitionTimeout(ServerError):
    """Recognition ran past its time limit and was cut off."""

    code, default_message = 502, "Bad Gateway"


class NotReady(ServerError):
    """Models are not loaded yet, or the service is shutting down."""

    code, default_message = 503, "Service Unavailable"


ERRORS: tuple[type[IdCardError], ...] = (
    UnknownPath,
    Forbidden,
    RequestTimeout,
    PayloadTooLarge,
    ServiceBusy,
    JsonError,
    FormatError,
    ImageDataError,
    WrongCategory,
    RecognitionError,
    ResultError,
    RecognitionTimeout,
    NotReady,
)
"""One for each code of the wire contract, in the order of its table."""
