"""Files for tests: good ones, and a corpus of bad ones, all made here."""

import io
import struct
import zipfile
import zlib

import pikepdf
from PIL import Image

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES = f"""<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Override PartName="/word/document.xml" ContentType="{DOCX}"/></Types>"""
WORDS = "<?xml version='1.0'?><w:document xmlns:w='w'><w:body><w:p>A report</w:p></w:body></w:document>"
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(9))
    + "]><l>&j;</l>"
)
REACH = """<?xml version="1.0"?><Relationships><Relationship Id="r1" TargetMode="External"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
 Target="http://example.invalid/t.dotm"/></Relationships>"""


def written(save):
    out = io.BytesIO()
    save(out)
    return out.getvalue()


def picture(kind="JPEG", size=(60, 40), **more):
    return written(lambda out: Image.new("RGB", size, "red").save(out, kind, **more))


def picture_that_tells():
    """A JPEG with a camera, a place and a name in it."""
    exif = Image.Exif()
    exif[0x010F] = "Canary Camera"
    exif[0x0112] = 6  # held upright: width and height are exchanged
    exif.get_ifd(0x8825)[2] = (10.0, 20.0, 30.0)
    exif[0x013B] = "Maria Santos"
    return picture(exif=exif)


def pdf(change=None, pages=1, **more):
    def save(out):
        with pikepdf.new() as made:
            for _page in range(pages):
                made.add_blank_page()
            made.docinfo["/Author"] = "Maria Santos"
            if change:
                change(made)
            made.save(out, **more)

    return written(save)


def pdf_with_note(kind):
    def change(made):
        note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name(kind), Rect=[0, 0, 9, 9])
        made.pages[0].Annots = made.make_indirect(pikepdf.Array([made.make_indirect(note)]))

    return pdf(change)


def pdf_with_script():
    def change(made):
        action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        made.Root.OpenAction = action

    return pdf(change)


def pdf_with_attachment():
    def change(made):
        made.attachments["evil.exe"] = b"MZ"

    return pdf(change)


def archive(parts, **more):
    """A ZIP of names and contents."""

    def save(out):
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
            for name, content in parts.items():
                made.writestr(name, content, **more)

    return written(save)


def docx(**parts):
    """A Word document; further parts by name, with __ for a slash and _ before the ending."""
    more = {name.replace("__", "/").replace("_", "."): content for name, content in parts.items()}
    return archive({"[Content_Types].xml": TYPES, "word/document.xml": WORDS, **more})


def odt(**parts):
    more = {name.replace("__", "/").replace("_", "."): content for name, content in parts.items()}

    def save(out):
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
            made.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
            for name, content in {"content.xml": "<office/>", **more}.items():
                made.writestr(name, content)

    return written(save)


def bomb(depth=0, size=64 * 1024 * 1024):
    inside = archive({"zeros.txt": b" " * size})
    for _layer in range(depth):
        inside = archive({"inner.zip": inside})
    return inside


def locked_zip():
    """The flag alone: Python cannot lock a ZIP itself."""
    content = bytearray(archive({"a.txt": b"words"}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def linking_zip():
    def save(out):
        with zipfile.ZipFile(out, "w") as made:
            link = zipfile.ZipInfo("link.txt")
            link.external_attr = 0o120777 << 16
            made.writestr(link, "/etc/passwd")

    return written(save)


def name_with_zero():
    return archive({"axtxt.txt": b"words"}).replace(b"axtxt.txt", b"a\x00txt.txt")


def twice():
    content = archive({"a.txt": b"one", "b.txt": b"two"})
    return content.replace(b"b.txt", b"a.txt")


def png_of(width, height):
    """A PNG that says it is huge and holds next to nothing."""

    def chunk(kind, content):
        whole = kind + content
        return struct.pack(">I", len(content)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def box(name, content=b""):
    return struct.pack(">I", 8 + len(content)) + name + content


FILM = box(b"ftyp", b"isom\x00\x00\x02\x00isomiso2mp41")


def film():
    return FILM + box(b"moov", bytes(80)) + box(b"mdat", bytes(500))


def sound():
    return (
        b"RIFF"
        + struct.pack("<I", 36 + 800)
        + (
            b"WAVEfmt "
            + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 8000, 1, 8)
            + b"data"
            + struct.pack("<I", 800)
        )
        + bytes(800)
    )


def old_office(words):
    """The container of .doc and .xls, which is also that of a locked .docx."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + b"\x3e\x00\x03\x00\xfe\xff\x09\x00"
        + bytes(480)
        + words.encode("utf-16-le")
        + bytes(2000)
    )


GOOD = {
    "report.pdf": pdf(),
    "three pages.PDF": pdf(pages=3, object_stream_mode=pikepdf.ObjectStreamMode.generate),
    "with a link.pdf": pdf_with_note("/Link"),
    "photo.jpg": picture(),
    "photo that tells.jpeg": picture_that_tells(),
    "scan.png": picture("PNG"),
    "scan.webp": picture("WEBP"),
    "scan.tif": picture("TIFF"),
    "letter.docx": docx(),
    "letter.odt": odt(),
    "words.txt": "សួស្តី, নমস্কার, नमस्ते\n".encode(),
    "wide.txt": "words".encode("utf-16"),
    "one.txt": b"x",
    "sums.csv": b"a;b\n1;2\n",
    "film.mp4": film(),
    "film.mov": film(),
    "words.wav": sound(),
    "files.zip": archive({"a.txt": b"words", "folder/b.pdf": pdf(), "folder/": b""}),
    "files in files.zip": archive({"inner.zip": archive({"letter.docx": docx()})}),
}
BAD = {
    "nothing": ("a.pdf", b"", "empty"),
    "unknown kind": ("a.exe", b"MZ\x90\x00" + bytes(400), "kind"),
    "web page": ("a.html", b"<html><script>alert(1)</script>", "kind"),
    "drawing with a bomb": ("a.svg", LAUGHS.encode(), "kind"),
    "tar": ("a.tar", b"a.txt" + bytes(507), "kind"),
    "program as a PDF": ("a.pdf", b"MZ\x90\x00" + bytes(400), "mismatch"),
    "web page as text": ("a.txt", b"<!DOCTYPE html><html><script>alert(1)</script>", "mismatch"),
    "script as text": ("a.txt", b"#!/bin/sh\nrm -rf /\n", "mismatch"),
    "zeros as text": ("a.txt", b"words\x00\x00words", "mismatch"),
    "PNG as a JPEG": ("a.jpg", picture("PNG"), "mismatch"),
    "GIF that is a script": ("a.jpg", b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)", "mismatch"),
    "ZIP as a PDF": ("a.pdf", archive({"a.txt": b"x"}), "mismatch"),
    "spreadsheet as a letter": ("a.xlsx", docx(), "mismatch"),
    "broken wide text": ("a.txt", "words".encode("utf-16") + b"\xd8", "damaged"),
    "PDF and ZIP in one": ("a.pdf", pdf() + archive({"a.txt": b"x"}) + b"%%EOF", "two_kinds"),
    "JPEG and PHP in one": ("a.jpg", picture(comment=b"<?php system('id');"), "two_kinds"),
    "JPEG and PHP behind": ("a.jpg", picture() + b"<?PHP system('id');", "two_kinds"),
    "JPEG and ZIP in one": ("a.jpg", picture() + archive({"a.txt": b"x"}), "two_kinds"),
    "PNG and more behind": ("a.png", picture("PNG") + b"more", "two_kinds"),
    "WebP and more behind": ("a.webp", picture("WEBP") + b"more than it says", "two_kinds"),
    "cut PDF": ("a.pdf", pdf(pages=40)[:-900], "damaged"),
    "PDF in name only": ("a.pdf", b"%PDF-1.7\nwords\n%%EOF", "damaged"),
    "PDF without pages": ("a.pdf", pdf(pages=0), "damaged"),
    "cut JPEG": ("a.jpg", picture(size=(300, 300))[:-300], "damaged"),
    "cut PNG": ("a.png", picture("PNG")[:-20], "damaged"),
    "cut film": ("a.mp4", film()[:-20], "damaged"),
    "film without scenes": ("a.mp4", FILM + box(b"mdat"), "damaged"),
    "cut sound": ("a.wav", sound()[:-100], "damaged"),
    "cut ZIP": ("a.zip", archive({"a.txt": b"words" * 99})[:-30], "damaged"),
    "changed ZIP": ("a.zip", archive({"a.txt": b"ab"}, compress_type=0).replace(b"ab", b"ba"), "damaged"),
    "locked PDF": ("a.pdf", pdf(encryption=pikepdf.Encryption(owner="o", user="u")), "locked"),
    "locked ZIP": ("a.zip", locked_zip(), "locked"),
    "locked letter": ("a.docx", old_office("EncryptedPackage"), "locked"),
    "old Office": ("a.doc", old_office("_VBA_PROJECT"), "macros"),
    "old Office as new": ("a.docx", old_office("WordDocument"), "macros"),
    "macros in Word": ("a.docx", docx(word__vbaProject_bin=b"x"), "macros"),
    "ActiveX in Word": ("a.docx", docx(word__activeX__activeX1_xml="<a/>"), "macros"),
    "macros by type": ("a.docx", docx(word__x_xml='<a ContentType="a/b.macroEnabled.main+xml"/>'), "macros"),
    "macros in OpenDocument": ("a.odt", odt(Basic__Standard__Module1_xml="<a/>"), "macros"),
    "macros in a ZIP": ("a.zip", archive({"a.docx": docx(word__vbaProject_bin=b"x")}), "macros"),
    "script in a PDF": ("a.pdf", pdf_with_script(), "macros"),
    "file in a PDF": ("a.pdf", pdf_with_attachment(), "macros"),
    "template from elsewhere": ("a.docx", docx(word___rels__document_xml_rels=REACH), "reaches_out"),
    "laughs in Word": ("a.docx", docx(word__x_xml=LAUGHS), "entities"),
    "wide laughs in Word": ("a.docx", docx(word__x_xml=LAUGHS.replace('"1.0"', '"1.0" encoding="utf-16"', 1)
                                           .encode("utf-16")), "entities"),
    "laughs in OpenDocument": ("a.odt", odt(x_xml=LAUGHS), "entities"),
    "no XML": ("a.docx", docx(word__x_xml="words"), "damaged"),
    "bomb": ("a.zip", bomb(), "bomb"),
    "bomb in a bomb": ("a.zip", bomb(depth=1), "bomb"),
    "bomb in Word": ("a.docx", docx(word__x_bin=b" " * 64 * 1024 * 1024), "bomb"),
    "too deep": ("a.zip", bomb(depth=3, size=9), "bomb"),
    "too many": ("a.zip", archive({f"{n}.txt": b"x" for n in range(2001)}), "bomb"),
    "way up": ("a.zip", archive({"../../etc/cron.txt": b"x"}), "paths"),
    "from the root": ("a.zip", archive({"/etc/passwd.txt": b"x"}), "paths"),
    "drive": ("a.zip", archive({"C:evil.txt": b"x"}), "paths"),
    "backslash": ("a.zip", archive({"..\\evil.txt": b"x"}), "paths"),
    "name turned round": ("a.zip", archive({"cod\u202etxt.exe.txt": b"x"}), "paths"),
    "name with a zero": ("a.zip", name_with_zero(), "paths"),
    "link": ("a.zip", linking_zip(), "paths"),
    "twice": ("a.zip", twice(), "paths"),
    "program in a ZIP": ("a.zip", archive({"run.exe": b"MZ\x90\x00" + bytes(400)}), "kind"),
    "program before a ZIP": ("a.zip", b"MZ\x90\x00" + archive({"a.txt": b"x"}), "mismatch"),
    "empty ZIP": ("a.zip", b"PK\x05\x06" + bytes(18), "empty"),
    "picture too large": ("a.png", png_of(30_000, 30_000), "pixels"),
    "picture large enough": ("a.png", png_of(12_000, 12_000), "pixels"),
}  # fmt: skip
