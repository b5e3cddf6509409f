"""What others would use for the same evidence: peers.py WAY FOLDER OUT."""

import io
import os
import subprocess
import sys
import tempfile

way, folder, out = sys.argv[1:]
files = sorted(os.path.join(folder, name) for name in os.listdir(folder))


def as_pdf(path):
    import img2pdf

    return img2pdf.convert(path)


if way == "pikepdf":
    import pikepdf

    package = pikepdf.new()
    for path in files:
        source = path if path.endswith(".pdf") else io.BytesIO(as_pdf(path))
        with pikepdf.open(source) as pages:
            package.pages.extend(pages.pages)
    package.save(out)
elif way == "qpdf":
    with tempfile.TemporaryDirectory(dir=os.path.dirname(out)) as made:
        names = []
        for path in files:
            if not path.endswith(".pdf"):
                pdf = os.path.join(made, os.path.basename(path) + ".pdf")
                with open(pdf, "wb") as file:
                    file.write(as_pdf(path))
                path = pdf
            names.append(path)
        arguments = os.path.join(made, "arguments")
        with open(arguments, "w") as file:
            file.write("\n".join(["--empty", "--pages", *names, "--", out]))
        subprocess.run(["qpdf", "@" + arguments], check=True)
elif way == "pymupdf":
    import pymupdf

    package = pymupdf.open()
    for path in files:
        with pymupdf.open(path) as source:
            if path.endswith(".pdf"):
                package.insert_pdf(source)
            else:
                with pymupdf.open("pdf", source.convert_to_pdf()) as pages:
                    package.insert_pdf(pages)
    marks = []
    for number, page in enumerate(package, 1):
        marks.append([1, f"01-01-{number:04}", number])
        page.insert_text((60, 30), f"01-01-{number:04} 关于双拥工作的佐证材料", fontname="china-s", fontsize=9)
        page.insert_text((page.rect.width - 80, page.rect.height - 20), f"- {number} -", fontsize=12)
    package.set_toc(marks)
    package.save(out)
