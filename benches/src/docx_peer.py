"""A caption and a picture a page with python-docx: docx_peer.py LIST OUT."""

import sys

import docx
from docx.shared import Cm

files, out = sys.argv[1:]
document = docx.Document()
for number, path in enumerate(open(files).read().splitlines()):
    paragraph = document.add_paragraph(f"01-01-{number:04}")
    paragraph.paragraph_format.page_break_before = True
    document.add_picture(path, width=Cm(15))
document.save(out)
