"""Screenshots by their files' own words: files as systems write them, opened as any picture is."""

import edited_files as files
import pytest

from idcard_core.intake import open_picture
from idcard_core.judge.edit import edit_tool, is_screenshot
from idcard_core.settings import Settings

COMMENT = b"ASCII\0\0\0Screenshot"
SPACE = 'xmlns:exif="http://ns.adobe.com/exif/1.0/"'
IN_A_LANGUAGE = (
    f'<exif:UserComment {SPACE}><rdf:Alt><rdf:li xml:lang="x-default">Screenshot</rdf:li></rdf:Alt></exif:UserComment>'
)


def _opened(data):
    picture = open_picture(data, Settings().limits)
    return picture.data, picture.metadata


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(files.with_exif(UserComment=COMMENT), id="a phone's, saved as JPEG"),
        pytest.param(files.png((b"eXIf", files.exif(UserComment=COMMENT).removeprefix(b"Exif\0\0"))), id="a phone's"),
        pytest.param(files.jpeg_xmp(files.xmp(content=IN_A_LANGUAGE)), id="in its XMP only"),
        pytest.param(files.jpeg_xmp(files.xmp(f'{SPACE} exif:UserComment="Screenshot"')), id="as an attribute"),
        pytest.param(files.png_text("Software", "gnome-screenshot"), id="GNOME's"),
    ],
)
def test_a_file_that_calls_itself_a_screenshot_is_one_and_no_edit(data):
    assert is_screenshot(*_opened(data))
    assert edit_tool(*_opened(data)) is None


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(files.saved(), id="nothing said"),
        pytest.param(files.saved("PNG"), id="a bare PNG"),
        pytest.param(
            files.with_exif(UserComment=b"ASCII\0\0\0not a Screenshot", Software="17.4.1"), id="another comment"
        ),
        pytest.param(files.with_exif(Make="Apple", Software="17.4.1"), id="a camera's"),
        pytest.param(files.png_text("Title", "gnome-screenshot"), id="a title"),
        pytest.param(files.jpeg_xmp(b"<x:xmpmeta"), id="broken XMP"),
        pytest.param(files.jpeg_xmp(files.xmp('xmp:CreatorTool="Screenshot"')), id="a program's name"),
    ],
)
def test_any_other_file_is_none(data):
    assert not is_screenshot(*_opened(data))
