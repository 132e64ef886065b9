"""Edit tool: files as programs write them, opened as any picture is, and what is said of them."""

import random
import struct
import zlib

import edited_files as files
import pytest
from hypothesis import given
from hypothesis import strategies as st

from idcard_core.intake import open_picture
from idcard_core.judge.edit import edit_tool
from idcard_core.judge.edit.cbor import CborError, decode
from idcard_core.settings import Settings

PHOTOSHOP = "Adobe Photoshop CC 2014 (Macintosh)"


def tool_of(data):
    picture = open_picture(data, Settings().limits)
    return edit_tool(picture.data, picture.metadata)


# Names


@pytest.mark.parametrize(
    ("software", "maker"),
    [
        ("17.4.1", "Apple"),
        ("10.0.2", "Apple"),
        ("HDR+ 1.0.540104767zd", "Google"),
        ("G9980ZCU4EVA9", "samsung"),
        ("ELE-AL00 10.1.0.162(C00E160R2P11)", "HUAWEI"),
        ("HUAWEI P30 Pro", "HUAWEI"),
        ("MIUI Gallery", "Xiaomi"),
        ("MIUI V14.0.5.0", "Xiaomi"),
        ("gemini-user 8.0.0 OPR1.170623.032 8.8.9 release-keys", "Xiaomi"),
        ("prisma_row-user 11 RKQ1 release-keys", "Lenovo"),
        ("RMX3370_11_C.12", "OPPO"),
        ("oplus_1048608", "OPPO"),
        ("PD2055B_A_9.12.5", "vivo"),
        ("MediaTek Camera Application", "alps"),
        ("Meitu M8", "Meitu"),
        ("Meitu 2", "Meitu"),
        ("MP1603 Camera", "Meitu"),
        ("Firmware Version 1.1.2", "Canon"),
        ("Ver.1.10", "NIKON CORPORATION"),
        ("ILCE-7M3 v3.01", "SONY"),
        ("Digital Camera X-T3 Ver4.00", "FUJIFILM"),
        ("E-M1MarkII     Version 3.3", "OLYMPUS"),
        ("K10D Ver 1.30", "PENTAX"),
        ("SIGMA PhotoPro 2.0.0.1586", "SIGMA"),
        ("HD6.01.01.51.00", "GoPro"),
        ("v02.13.3920", "DJI"),
        ("EPSON Scan", "EPSON"),
        ("VueScan 9 x64 (9.7.50)", "Canon"),
        ("NAPS2", "Brother"),
        ("HP Scan", "HP"),
        ("Canon IJ Scan Utility", "Canon"),
        ("SilverFast 8.8.0", "PLUSTEK"),
        ("CamScanner", ""),
        ("扫描全能王", ""),
        ("Adobe Scan for iOS", ""),
        ("Microsoft Office Lens", ""),
        ("ImageMagick 6.9.10-23 Q16 x86_64", ""),
        ("GraphicsMagick 1.3.35", ""),
        ("Pillow 11.0", ""),
        ("Lavc58.54.100", ""),
        ("GraphicConverter", ""),
        ("XnView 2.49", ""),
        ("IrfanView", ""),
        ("Microsoft Windows Photo Viewer 6.1.7600.16385", ""),
        ("Microsoft Windows Photo Gallery 6.0.6001.18000", ""),
        ("Windows Photo Editor 10.0.10011.16384", ""),
        ("Preview", ""),
        ("QuickTime 7.6.6", ""),
        ("Photos 1.5", ""),
        ("Mac OS X 10.13.6", ""),
        ("sips 10.4", ""),
        ("Android Screenshot", ""),
        ("Greenshot", ""),
        ("Google", ""),
        ("Picasa", ""),
        ("Adobe Bridge 2023", ""),
        ("Adobe Photoshop Album Starter Edition 3.0", ""),
        ("Adobe Photoshop Elements 12.0 Organizer", ""),
        ("digiKam-5.9.0", ""),
        ("Digital Photo Professional", "Canon"),
        ("WeChat", ""),
        ("com.tencent.mm", ""),
        ("Instagram", ""),
        ("Canvas 2D export", ""),
        ("Paintings of the sea", ""),
        ("a program nobody knows", ""),
    ],
)
def test_cameras_scanners_and_converters_are_no_editors(software, maker):
    words = software if software.isascii() else software.encode()
    assert tool_of(files.with_exif(Software=words, Make=maker or "Maker")) is None
    assert tool_of(files.png_text("Software", software)) is None


@pytest.mark.parametrize(
    "software",
    [
        *("Adobe Photoshop CC 2014 (Macintosh)", "Adobe Photoshop CS6 (Windows)", "Adobe Photoshop 7.0"),
        *("Photoshop 3.0", "Adobe Photoshop 25.1 (20231018.m.2328 a5e9bbf)  (Macintosh)"),
        *("Adobe Photoshop Elements 15.0 (Windows)", "Adobe Photoshop Express (Android)", "Adobe ImageReady"),
        *("Adobe Photoshop Lightroom Classic 9.2 (Windows)", "Adobe Lightroom 6.3 (iOS)", "Lightroom 5.7"),
        *("Adobe Photoshop Camera Raw 15.4", "Adobe_Photoshop/25.0", "Adobe Illustrator CC 22.0"),
        *("GIMP 2.10.30", "Paint.NET v3.5.10", "paint.net 4.3.12", "Affinity Photo 1.10.5", "Pixelmator 3.9"),
        *(
            "Snapseed 2.0",
            "PicsArt",
            "美图秀秀",
            "Meitu",
            "MeituXiuXiu 4.0",
            "Meitu 10.2.1",
            "醒图",
            "稿定设计",
            "天天P图",
            "轻颜相机",
        ),
        *(
            "黄油相机",
            "Canva",
            "Canva可画",
            "可画",
            "创客贴",
            "泼辣修图",
            "Polarr Photo Editor",
            "VSCOcam",
            "VSCO",
            "Photopea",
            "Krita 5.2.2",
        ),
        *("CorelDRAW 2019", "Corel PHOTO-PAINT X8", "PaintShop Pro 23.00", "Microsoft Paint", "Paint 3D", "Fotor"),
        *(
            "光影魔术手",
            "ACD Systems Digital Imaging",
            "ACDSee Ultimate 10",
            "B612",
            "BeautyPlus",
            "Capture One 20 Macintosh",
        ),
        *("豆包", "即梦AI", "Midjourney", "DALL·E", "Adobe Firefly", "NovelAI", "Stable Diffusion", "darktable 3.8.1"),
        *("CyberLink PhotoDirector 11", "Facetune2", "LINE Camera", "bohemiancoding.com/sketch"),
    ],
)
def test_editors_are_reported_under_the_name_they_wrote(software):
    shown = " ".join(software.split())
    assert tool_of(files.with_exif(Software=software if software.isascii() else software.encode())) == shown
    assert tool_of(files.jpeg_xmp(files.xmp(f'xmp:CreatorTool="{software}"'))) == shown


# Places


def _credentials(generator="maker/1.0", **action):
    return files.credentials(files.manifest({"claim_generator": generator}, {"action": "c2pa.created", **action}))


@pytest.mark.parametrize(
    ("data", "tool"),
    [
        pytest.param(files.with_exif(Software="GIMP 2.10"), "GIMP 2.10", id="EXIF software"),
        pytest.param(files.with_exif(ProcessingSoftware="GIMP 2.10"), "GIMP 2.10", id="EXIF processing software"),
        pytest.param(files.with_exif(ImageEditingSoftware="GIMP 3.0"), "GIMP 3.0", id="EXIF 3 editing software"),
        pytest.param(files.with_exif(RAWDevelopingSoftware="Lightroom 14"), "Lightroom 14", id="EXIF 3 raw developer"),
        pytest.param(files.with_exif(Software="光影魔术手".encode("gb18030")), "光影魔术手", id="EXIF in GB 18030"),
        pytest.param(
            files.with_exif(Software="17.4.1", ImageDescription="Processed with VSCO with a6 preset"),
            "VSCO with a6 preset",
            id="signed in the description",
        ),
        pytest.param(
            files.with_exif(UserComment=b"UNICODE\0" + "a card\nSteps: 20, Sampler: Euler a, CFG".encode("utf-16-le")),
            "Stable Diffusion",
            id="settings of a generator in the user's comment",
        ),
        pytest.param(
            files.with_exif(UserComment=b"UNICODE\0" + "x\nSteps: 20, Sampler: Euler a, CFG".encode("utf-16-be")),
            "Stable Diffusion",
            id="the same in the other byte order",
        ),
        pytest.param(
            files.with_exif(UserComment=b'ASCII\0\0\0{"data":{"os":"ios","product":"retouch"},"source_type":"x"}'),
            "retouch",
            id="ByteDance's JSON in the user's comment",
        ),
        pytest.param(files.jpeg_xmp(files.xmp(f'xmp:CreatorTool="{PHOTOSHOP}"')), PHOTOSHOP, id="XMP attribute"),
        pytest.param(
            files.jpeg_xmp(files.xmp(content=f"<xmp:CreatorTool>{PHOTOSHOP}</xmp:CreatorTool>")),
            PHOTOSHOP,
            id="XMP element",
        ),
        pytest.param(files.jpeg_xmp(files.xmp('tiff:Software="Krita"')), "Krita", id="TIFF tags in XMP"),
        pytest.param(
            files.jpeg_xmp(files.xmp('xmp:CreatorTool="17.4"', files.history(("saved", PHOTOSHOP)))),
            PHOTOSHOP,
            id="XMP history of attributes",
        ),
        pytest.param(
            files.jpeg_xmp(files.xmp(content=files.history(("edited", PHOTOSHOP), elements=True))),
            PHOTOSHOP,
            id="XMP history of elements",
        ),
        pytest.param(
            files.jpeg_long_xmp(files.xmp(content=files.history(("saved", PHOTOSHOP)))), PHOTOSHOP, id="extended XMP"
        ),
        pytest.param(
            files.jpeg_xmp(
                files.xmp(f'Iptc4xmpExt:DigitalSourceType="{files.AI}" photoshop:Credit="Made with Google AI"')
            ),
            "Made with Google AI",
            id="XMP label of a generated picture",
        ),
        pytest.param(
            files.jpeg_xmp(
                files.xmp(content='<TC260:AIGC>{"Label":"1","ContentProducer":"somebody"}</TC260:AIGC>'),
            ),
            "somebody",
            id="Chinese label of a generated picture",
        ),
        pytest.param(
            files.jpeg_xmp(
                files.xmp(content='<TC260:AIGC>{"Label":"1","ContentProducer":"001191110000MA"}</TC260:AIGC>'),
            ),
            "AIGC 001191110000MA",
            id="Chinese label with a registered code",
        ),
        pytest.param(
            files.jpeg_xmp(files.xmp('crs:Version="15.4" crs:HasSettings="True" crs:AlreadyApplied="True"')),
            "Adobe Camera Raw 15.4",
            id="settings that were applied",
        ),
        pytest.param(
            files.jpeg_resources(files.iptc(caption="x"), files.version_info("Adobe Photoshop", "Adobe Photoshop CS6")),
            "Adobe Photoshop CS6",
            id="version in Photoshop's resources",
        ),
        pytest.param(
            files.jpeg_resources(*map(files.resource, (0x03ED, 0x0406, 0x03F3, 0x040D))),
            "Adobe Photoshop",
            id="Photoshop's own resources without a name",
        ),
        pytest.param(
            files.jpeg_resources(files.iptc(program="Adobe Photoshop", version="7.0")), "Adobe Photoshop 7.0", id="IPTC"
        ),
        pytest.param(
            files.jpeg_resources(files.iptc(caption="Processed with VSCOcam with f2 preset")),
            "VSCOcam with f2 preset",
            id="signed in the IPTC caption",
        ),
        pytest.param(files.jpeg((0xEC, b"Ducky\0\1\0\4\0\0\0\x3c\0\0")), "Adobe Save for Web", id="Save for Web"),
        pytest.param(files.jpeg((0xFE, b"Created with GIMP")), "GIMP", id="JPEG comment"),
        pytest.param(
            files.jpeg((0xFE, b"File written by Adobe Photoshop\xa8 5.0"), (0xFE, b"another")),
            "Adobe Photoshop¨ 5.0",
            id="the first of two JPEG comments",
        ),
        pytest.param(files.saved("GIF", comment=b"Created with GIMP"), "GIMP", id="GIF comment"),
        pytest.param(files.png_text("Software", "Adobe ImageReady"), "Adobe ImageReady", id="PNG tEXt"),
        pytest.param(files.png_text("Software", "Paint.NET 5.0", packed=True), "Paint.NET 5.0", id="PNG zTXt"),
        pytest.param(files.png_text("Software", "美图秀秀"), "美图秀秀", id="PNG iTXt"),
        pytest.param(files.png_text("Software", "美图秀秀", packed=True), "美图秀秀", id="PNG iTXt, packed"),
        pytest.param(files.png_text("Comment", "Created with GIMP"), "GIMP", id="PNG comment"),
        pytest.param(
            files.png_text("parameters", "word " * 1000 + "\nSteps: 28, Sampler: DPM++ 2M Karras, CFG scale: 7"),
            "Stable Diffusion",
            id="PNG settings of a generator, after a long prompt",
        ),
        pytest.param(files.png_text("prompt", '{"3":{"class_type": "KSampler"}}'), "ComfyUI", id="PNG ComfyUI"),
        pytest.param(
            files.png_text("Description", "x --v 6 Job ID: 01234567-89ab-cdef"), "Midjourney", id="Midjourney"
        ),
        pytest.param(files.png_text("AIGC", '{"Label":"1","ContentProducer":"p"}'), "p", id="PNG AIGC label"),
        pytest.param(files.saved("PNG", exif=files.exif(Software="GIMP 2.10")), "GIMP 2.10", id="PNG EXIF"),
        pytest.param(
            files.png_text("XML:com.adobe.xmp", files.xmp(f'xmp:CreatorTool="{PHOTOSHOP}"').decode()),
            PHOTOSHOP,
            id="PNG XMP",
        ),
        pytest.param(
            files.png_text(
                "Raw profile type 8bim",
                "\n8bim\n 99\n" + files.version_info("Adobe Photoshop", PHOTOSHOP).hex(),
                packed=True,
            ),
            PHOTOSHOP,
            id="resources in a PNG by ImageMagick",
        ),
        pytest.param(files.saved("WEBP", exif=files.exif(Software="Canva")), "Canva", id="WebP EXIF"),
        pytest.param(files.saved("WEBP", xmp=files.xmp('xmp:CreatorTool="Canva"')), "Canva", id="WebP XMP"),
        pytest.param(files.saved("TIFF", tiffinfo={0x131: "Krita"}), "Krita", id="TIFF software"),
        pytest.param(
            files.saved("TIFF", tiffinfo={700: files.xmp(content=files.history(("saved", PHOTOSHOP)))}),
            PHOTOSHOP,
            id="TIFF XMP",
        ),
        pytest.param(
            files.saved("TIFF", tiffinfo={34377: files.version_info("Adobe Photoshop", PHOTOSHOP)}),
            PHOTOSHOP,
            id="TIFF resources",
        ),
        pytest.param(files.saved("HEIF", exif=files.exif(Software="Pixelmator 3")), "Pixelmator 3", id="HEIF EXIF"),
        pytest.param(files.saved("HEIF", xmp=files.xmp('xmp:CreatorTool="Snapseed"')), "Snapseed", id="HEIF XMP"),
        pytest.param(
            files.jpeg_credentials(_credentials("Adobe_Photoshop/25.0 c2pa-rs/0.28")),
            "Adobe_Photoshop/25.0 c2pa-rs/0.28",
            id="JPEG credentials",
        ),
        pytest.param(files.jpeg_credentials(_credentials(softwareAgent="DALL·E"), 50), "DALL·E", id="in many segments"),
        pytest.param(files.png((b"caBX", _credentials(softwareAgent="DALL·E"))), "DALL·E", id="PNG credentials"),
        pytest.param(files.webp((b"C2PA", _credentials(softwareAgent="DALL·E"))), "DALL·E", id="WebP credentials"),
        pytest.param(files.heif_credentials(_credentials(softwareAgent="DALL·E")), "DALL·E", id="HEIF credentials"),
        pytest.param(
            files.saved("TIFF", tiffinfo={0xCD41: _credentials(softwareAgent="DALL·E")}),
            "DALL·E",
            id="TIFF credentials",
        ),
        pytest.param(
            files.jpeg_credentials(_credentials("nobody/1", digitalSourceType=files.AI)), "nobody/1", id="generated"
        ),
    ],
)
def test_each_place_a_program_names_itself(data, tool):
    assert tool_of(data) == tool


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(files.saved(), id="nothing said"),
        pytest.param(files.saved("BMP"), id="a format without words"),
        pytest.param(files.jpeg((0xEE, b"Adobe\0\x64\0\0\0\0\1")), id="Adobe's APP14"),
        pytest.param(files.jpeg_resources(files.iptc(instructions="FBMD01")), id="IPTC of a network"),
        pytest.param(
            files.jpeg_resources(
                files.iptc(caption="x"), *map(files.resource, (0x0425, 0x03ED, 0x040A, 0x040B, 0x0424, 0x0422))
            ),
            id="resources that metadata tools write",
        ),
        pytest.param(files.jpeg_resources(files.iptc(caption="Photoshop course, day 2")), id="a caption on Photoshop"),
        pytest.param(files.with_exif(ImageDescription="Photoshop course, day 2"), id="a description of Photoshop"),
        pytest.param(files.png_text("Title", "Canva or Photoshop?"), id="a title on editors"),
        pytest.param(files.jpeg((0xFE, b"Not made with Photoshop")), id="a comment on an editor"),
        pytest.param(files.jpeg((0xFE, b"CREATOR: gd-jpeg v1.0 (using IJG JPEG v62), quality = 90")), id="gd"),
        pytest.param(files.jpeg((0xFE, b"LEAD Technologies Inc. V1.01")), id="LEAD"),
        pytest.param(files.jpeg((0xFE, b"Lavc58.134.100")), id="FFmpeg"),
        pytest.param(files.jpeg((0xFE, b'{"data":{"did":"e"},"source_type":"douyin_beauty_me"}')), id="no product"),
        pytest.param(files.jpeg((0xFE, b'{"AIGC":{"Label":"3","ContentProducer":"x"}}')), id="suspected by a network"),
        pytest.param(files.with_exif(Software="MIUI Gallery", Make="Xiaomi", Model="Mi 5"), id="cropped in a gallery"),
        pytest.param(files.with_exif(UserComment=b"ASCII\0\0\0oplus_1048608"), id="OPPO's comment"),
        pytest.param(
            files.with_exif(UserComment=b"filter: 0; fileterIntensity: 0.0; filterMask: 0; captureOrientation: 0;"),
            id="vivo's comment",
        ),
        pytest.param(files.jpeg_xmp(files.xmp('xmp:CreatorTool="17.4.1"')), id="XMP of a phone"),
        pytest.param(
            files.jpeg_xmp(files.xmp('crs:Version="7.0" crs:HasSettings="False" crs:AlreadyApplied="False"')),
            id="XMP of a drone",
        ),
        pytest.param(
            files.jpeg_xmp(files.xmp(content=files.history(("saved", PHOTOSHOP), changed="/metadata"))),
            id="only keywords were saved",
        ),
        pytest.param(files.jpeg_xmp(files.xmp(content=files.history(("converted", PHOTOSHOP)))), id="only converted"),
        pytest.param(
            files.jpeg_xmp(files.xmp(f'Iptc4xmpExt:DigitalSourceType="{files.CAMERA}"')), id="XMP label of a camera"
        ),
        pytest.param(
            files.jpeg_credentials(_credentials("Google C2PA Core Generator", digitalSourceType=files.CAMERA)),
            id="credentials of a camera",
        ),
    ],
)
def test_what_is_no_edit(data):
    assert tool_of(data) is None


# Which of several


def test_the_places_go_in_order():
    places = [
        (0xE1, files.exif(Software="GIMP 1")),
        (0xE1, b"http://ns.adobe.com/xap/1.0/\0" + files.xmp('xmp:CreatorTool="GIMP 2"')),
        (0xED, b"Photoshop 3.0\0" + files.version_info("Adobe Photoshop", "Adobe Photoshop 3")),
        (0xFE, b"Created with GIMP 4"),
        (0xEB, b"JP" + struct.pack(">HI", 1, 1) + _credentials("GIMP 5")),
        (0xEC, b"Ducky\0"),
    ]
    wanted = ["GIMP 1", "GIMP 2", "Adobe Photoshop 3", "GIMP 4", "GIMP 5", "Adobe Save for Web"]
    for first, tool in enumerate(wanted):
        assert tool_of(files.jpeg(*reversed(places[first:]))) == tool


def test_the_software_of_exif_goes_before_its_other_programs():
    words = {"ProcessingSoftware": "GIMP 2", "ImageEditingSoftware": "GIMP 3", "RAWDevelopingSoftware": "GIMP 4"}
    assert tool_of(files.with_exif(Software="GIMP 1", **words)) == "GIMP 1"
    assert tool_of(files.with_exif(Software="17.4.1", **words)) == "GIMP 2"


def test_a_camera_in_one_place_does_not_hide_an_editor_in_another():
    camera = (0xE1, files.exif(Software="17.4.1"))
    assert tool_of(files.jpeg(camera, (0xFE, b"Created with GIMP"))) == "GIMP"


def test_of_a_history_the_newest_editor_is_reported():
    events = [("created", "Adobe Photoshop 1"), ("saved", "Adobe Photoshop 2"), ("saved", "Camera 3")]
    assert tool_of(files.jpeg_xmp(files.xmp(content=files.history(*events)))) == "Adobe Photoshop 2"


def test_an_ingredient_that_was_edited_counts_and_the_picture_itself_goes_first():
    old = files.manifest({"claim_generator": "old/1"}, {"action": "c2pa.edited", "softwareAgent": "Unknown Editor"})
    new = files.manifest({"claim_generator": "new/1"}, {"action": "c2pa.opened"})
    assert tool_of(files.jpeg_credentials(files.credentials(old, new))) == "Unknown Editor"
    new = files.manifest({"claim_generator_info": [{"name": "New", "version": "2"}]}, {"action": "c2pa.drawing"})
    assert tool_of(files.jpeg_credentials(files.credentials(old, new))) == "New 2"


@pytest.mark.parametrize("action", ["c2pa.cropped", "c2pa.resized", "c2pa.converted", "c2pa.edited.metadata"])
def test_credentials_of_what_leaves_the_picture_as_it_was(action):
    assert tool_of(files.jpeg_credentials(_credentials(action=action, softwareAgent="Somebody's"))) is None


def test_programs_of_actions_may_stand_beside_them():
    action = {"action": "c2pa.edited", "softwareAgentIndex": 1}
    more = {"softwareAgents": [{"name": "First"}, {"name": "Second", "version": "3"}]}
    made = files.credentials(files.manifest({"claim_generator_info": {"name": "x"}}, action, more=more))
    assert tool_of(files.jpeg_credentials(made)) == "Second 3"


def test_a_picture_without_its_file_is_judged_by_its_words():
    assert edit_tool(b"", {"exif:Software": PHOTOSHOP}) == PHOTOSHOP
    assert edit_tool(b"", {"exif:Software": "17.4.1", "xmp": files.xmp('xmp:CreatorTool="GIMP"').decode()}) == "GIMP"
    assert edit_tool(b"", {}) is None


def test_a_name_is_one_trimmed_line_of_bounded_length():
    assert tool_of(files.with_exif(Software="  GIMP\t2.10 \n")) == "GIMP 2.10"
    assert len(tool_of(files.with_exif(Software="GIMP " + "x" * 5000))) == 200


# Untrusted input


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "GIMP"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    + files.xmp(content="<xmp:CreatorTool>&b;</xmp:CreatorTool>")
)


@pytest.mark.parametrize(
    "packet",
    [
        pytest.param(BOMB, id="entities"),
        pytest.param(b"<a>" * 200_000, id="depth"),
        pytest.param(b"<a>" + b"<b/>" * 200_000, id="many elements"),
        pytest.param(b"\xff\xfe\x00<", id="no text"),
        pytest.param(b"", id="empty"),
    ],
)
def test_hostile_xmp_says_nothing(packet):
    assert edit_tool(b"", {"xmp": packet.decode("utf-8", "replace")}) is None
    assert tool_of(files.png_text("XML:com.adobe.xmp", packet.decode("utf-8", "replace"), packed=True)) is None


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(files.jpeg(*[(0xFE, b'{"AIGC":' + b"[" * 60_000)] * 20), id="nested JSON"),
        pytest.param(files.jpeg(*[(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + b"<a/>" * 9000)] * 50), id="many packets"),
        pytest.param(files.png(*[(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(10**7)))] * 50), id="packed zeros"),
        pytest.param(files.png(*[(b"tEXt", b"Comment\0x")] * 5000), id="many texts"),
        pytest.param(files.png((b"caBX", files.credentials(*[b"\0\0\0\x08jumb"] * 50_000))), id="many boxes"),
    ],
)
def test_files_that_ask_for_much_work_say_nothing(data):
    assert edit_tool(data, {}) is None


def test_broken_xmp_counts_up_to_the_break():
    packet = files.xmp(f'xmp:CreatorTool="{PHOTOSHOP}"')
    assert tool_of(files.jpeg_xmp(packet[:-50])) == PHOTOSHOP
    assert tool_of(files.jpeg_xmp(files.xmp(f'xmp:CreatorTool="{PHOTOSHOP}"', "<broken>"))) == PHOTOSHOP


@pytest.mark.parametrize(
    "data",
    [
        b"\x81" * 5000,
        b"\xbf" * 5000,
        b"\x9a\xff\xff\xff\xff\0",
        b"\x5b" + b"\xff" * 8,
        b"",
        b"\xff",
        b"\x81\xff",
        b"\x1c",
        b"\x1f\0",
    ],
)
def test_hostile_cbor_is_refused(data):
    with pytest.raises(CborError):
        decode(data)


@pytest.mark.parametrize(
    ("data", "value"),
    [
        (bytes.fromhex("9f01820203ff"), [1, [2, 3]]),
        (bytes.fromhex("7f657374726561646d696e67ff"), "streaming"),
        (bytes.fromhex("bf6346756ef563416d7421ff"), {"Fun": True, "Amt": -2}),
        (bytes.fromhex("c11a514b67b0"), 1363896240),
        (bytes.fromhex("fb3ff199999999999a"), 1.1),
        (bytes.fromhex("83f4f6f7"), [False, None, None]),
    ],
)
def test_cbor_as_in_the_appendix_of_its_specification(data, value):
    assert decode(data) == value


SPECIMENS = [
    files.jpeg(
        (0xE1, files.exif(Software="17.4", UserComment=b"ASCII\0\0\0words")),
        (0xE1, b"http://ns.adobe.com/xap/1.0/\0" + files.xmp(content=files.history(("saved", "a"), ("saved", "b")))),
        (0xED, b"Photoshop 3.0\0" + files.iptc(program="a", caption="b") + files.version_info("a", "b")),
        (0xEB, b"JP" + struct.pack(">HI", 1, 1) + _credentials(softwareAgent="a")),
        (0xFE, b"comment"),
    ),
    files.png((b"caBX", _credentials()), (b"zTXt", b"Software\0\0x\x9cbroken"), (b"iTXt", b"Comment\0\1\0\0\0x")),
    files.webp((b"C2PA", _credentials()), (b"XMP ", files.xmp())),
    files.saved("GIF", comment=b"comment"),
    files.saved("TIFF", tiffinfo={0x131: "a", 700: files.xmp(), 34377: files.version_info("a", "b")}),
    files.heif_credentials(_credentials()),
]


@pytest.mark.parametrize("data", SPECIMENS, ids=["JPEG", "PNG", "WebP", "GIF", "TIFF", "HEIF"])
def test_files_cut_anywhere_or_with_changed_bytes_never_raise(data):
    for end in range(0, len(data), max(1, len(data) // 400)):
        assert edit_tool(data[:end], {}) is None
    chance = random.Random(7)
    for _ in range(400):
        broken = bytearray(data)
        for _ in range(chance.randint(1, 8)):
            broken[chance.randrange(len(data))] = chance.choice((0, 1, 0x7F, 0xFF, chance.randrange(256)))
        edit_tool(bytes(broken), {})


@given(
    st.sampled_from([b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\0", b"RIFF....WEBP", b"GIF89a", b"\0\0\0\x18ftyp"]),
    st.binary(max_size=300),
    st.dictionaries(st.sampled_from(["exif:Software", "xmp", "png:Comment", "comment"]), st.text(max_size=80)),
)
def test_any_bytes_and_words_never_raise(start, rest, words):
    tool = edit_tool(start + rest, words)
    assert tool is None or 0 < len(tool) <= 200
