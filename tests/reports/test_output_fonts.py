"""Official documents are set in one family that has every Vietnamese letter."""

import subprocess
from pathlib import Path

from reports.output.compliance_pdf import compliance_pdf
from tests.reports.made_figures import made_figures


def test_a_pdf_embeds_liberation_serif_alone(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(compliance_pdf(made_figures()))
    listed = subprocess.run(["pdffonts", str(path)], capture_output=True, text=True, check=True).stdout
    names = {line.split()[0].partition("+")[2] for line in listed.splitlines()[2:]}
    assert names
    assert all(name.startswith("Liberation-Serif") for name in names), names
