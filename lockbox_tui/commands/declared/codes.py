"""`lockbox code` and `lockbox codes`."""

from lockbox_tui.commands.declaring import ONE_ACT, Command, Count, Subject, Word
from models.words.keys import SecurityKey

CODE = Command(
    "code",
    "explain a code of a remittance: meaning, sign rule, usual next step, start and stop",
    run="codes:explain_code",
    example="lockbox code CO-45",
    more="Reasons with or without their group (CO-45, CARC 45), remarks (N130), groups (CO), provider-level "
    "adjustments (PLB WO), claim status (CLP02 22), payment method (BPR04 ACH), match and post status (MATCHED). A "
    "code that several lists have is explained in each; the name of a list before it names one. A part that is not "
    "known is exit status 1; a code that holds no longer is explained, with a note.",
    takes=(Word("code", "CODE", "the code, with its list where several have it", count=Count.SOME),),
    json={
        "asked": "text",
        "known": "true or false",
        "codes": [
            {
                "list": "text",
                "code": "text",
                "meaning": "text?",
                "sign": "text?",
                "next_step": "text?",
                "start": "date?",
                "stop": "date?",
                "expired": "true or false",
                "listed_as_of": "text?",
            }
        ],
        "notes": ["text"],
    },
    in_store=False,
)

LOAD = Command(
    "codes load",
    "load the site's own list of codes, which is used before the lists that ship",
    run="codes:load",
    example="lockbox codes load codes.csv",
    more="Comma-separated, UTF-8; the first row names the columns list (GROUP, CARC, RARC, PLB, CLP02, BPR04), code, "
    "text (of at most 4,000 characters), start and stop (days such as 2026-11-01, or empty). The file takes the place "
    "of the list that was loaded before; a row that is wrong is named, and nothing is loaded.",
    takes=(Word("file", "FILE", "the list", path=True),),
    json={"codes": "number", "before": "number"},
    key=SecurityKey.MANAGER,
    stopped=ONE_ACT,
)

CODES = Subject("codes", "the site's own list of codes", (LOAD,))
