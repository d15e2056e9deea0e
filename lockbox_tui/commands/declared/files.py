"""`lockbox import` and `lockbox validate`."""

from lockbox_tui.commands.declared.shapes import BALANCE, FINDING
from lockbox_tui.commands.declaring import GOES_ON, Command, Count, Maybe, Option, Shape, Word
from models.words.keys import SecurityKey

#: What became of one set of a file.
FILED_SET: dict[str, Shape] = {
    "control": "text",
    "outcome": "text",
    "era": "number?",
    "exception": "number?",
    "bills": "number",
    "validation": "text?",
    "findings": [FINDING],
}

IMPORT = Command(
    "import",
    "file what has come in, of any known kind",
    run="files:import_files",
    example="lockbox import claims-837p.837 remittance.835 eft.ach",
    more="Each file is told apart by its content, and claims are filed first; unless all of them are, the remittances "
    "beside them wait. A file that comes again changes nothing.",
    takes=(
        Word(
            "files",
            "FILE",
            "a file of claims, remittances, acknowledgements or EFTs",
            count=Count.SOME,
            path=True,
        ),
        Option(
            "--validate",
            "judge the filed sets by their implementation guide at once",
            choices=("now",),
            otherwise="by the night job or an open workstation",
        ),
    ),
    json=[
        {
            "file": "text",
            "kind": "text",
            "sha256": "text?",
            "outcome": "text",
            "sets": [FILED_SET],
            "efts": "number",
            "bills": "number",
            "findings": [FINDING],
            "validation": "text?",
        }
    ],
    key=SecurityKey.CLERK,
    stopped=GOES_ON,
)

VALIDATE = Command(
    "validate",
    "judge files by their implementation guide and prove their balance; files nothing",
    run="files:validate_files",
    example="lockbox validate remittance.835",
    takes=(Word("files", "FILE", "a file of any known kind", count=Count.SOME, path=True),),
    json=[
        {
            "file": "text",
            "kind": "text",
            "sha256": "text?",
            "valid": "true or false",
            "sets": [
                {
                    "control": "text",
                    "kind": "text",
                    "guide": "text",
                    "balance": Maybe(BALANCE),
                    "findings": [FINDING],
                }
            ],
            "findings": [FINDING],
        }
    ],
    in_store=False,
)
