"""A print that does not go to the screen: into a file of the print folder, as text or PDF, or to a printer."""

from dataclasses import dataclass
from pathlib import Path

from services.reports.print_files import file_in_folder
from services.reports.printers import print_on
from services.reports.render.as_pdf import write_pdf
from services.reports.sheets import Paper, Print, as_text, sheets


@dataclass(frozen=True, slots=True)
class PrintFile:
    """A new file in the print folder."""

    folder: Path
    name: str
    pdf: bool = False


def print_to(where: PrintFile | str, of: Print, paper: Paper) -> str:
    """Prints into a file or on the printer of a name, and gives the sentence that says where it went.

    It is written as it is made, so that a long print takes no more memory than a short one (a PDF takes as much as
    its own file). Raises Refused when it cannot be printed there; nothing half-printed stays behind.
    """
    if isinstance(where, str):
        print_on(where, of, paper)
        return f"Sent to {where}."
    with file_in_folder(where.folder, where.name) as file:
        if where.pdf:
            write_pdf(file, sheets(of, paper), paper, of.title)
        else:
            file.writelines(text.encode() for text in as_text(sheets(of, paper)))
    return f"Printed to {where.name} in the site's print folder."
