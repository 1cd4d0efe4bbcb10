#!/bin/sh
# python-docx: a paragraph with tracked changes reads as neither the old nor the new text
#
# Expected: the documentation says that Paragraph.text is the text of the paragraph. Where a colleague changed 3 to 5
# with tracked changes on, one expects the new text, as Word shows it, or the old one.
# Instead: both the struck number and the inserted one are missing, and so is whatever stands in a content control (a
# field to fill in, such as a drop-down). 隐患3处, changed to 隐患5处, reads as 隐患处. Nothing is raised.
# Seen in: python-docx 1.2.0.
# Why it matters: a review book goes round as Word and comes back with tracked changes; read back by a program to compare
# numbers, precisely the numbers that were corrected vanish, and a sentence without its number looks well formed.
# What to do: have changes accepted before reading, or walk the paragraph's XML and take w:t below w:ins and w:sdt as well
# (which leaves out w:delText); refuse a document that has w:ins or w:del where that cannot be done.

set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check python-docx==1.2.0
venv/bin/pip freeze
venv/bin/python - <<'END'
import sys

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

who = 'w:author="reviewer" w:date="2026-09-01T08:00:00Z"'
space = nsdecls("w")
document = Document()
paragraph = document.add_paragraph("隐患")
for xml in (
    f'<w:del {space} w:id="1" {who}><w:r><w:delText>3</w:delText></w:r></w:del>',
    f'<w:ins {space} w:id="2" {who}><w:r><w:t>5</w:t></w:r></w:ins>',
):
    paragraph._p.append(parse_xml(xml))
paragraph.add_run("处，状态：")
paragraph._p.append(parse_xml(f"<w:sdt {space}><w:sdtContent><w:r><w:t>已整改</w:t></w:r></w:sdtContent></w:sdt>"))
document.save("review.docx")

paragraph = Document("review.docx").paragraphs[0]
shown = "".join(node.text for node in paragraph._p.iter(qn("w:t")))
print("Word shows     ", shown)
print("Paragraph.text ", paragraph.text)
if paragraph.text != "隐患处，状态：" or shown != "隐患5处，状态：已整改":
    sys.exit("no longer as stated")
print("as stated")
END
