"""`lockbox init` and `lockbox site`."""

from lockbox_tui.commands.declaring import EACH, ONE_ACT, Command, Count, Option, Switch, Word

INIT = Command(
    "init",
    "set up a new site; you become its first user",
    run="sites:init",
    example='lockbox init --station 442 --name "DEMO MEDICAL CENTER" --time-zone America/Chicago',
    takes=(
        Option("--station", "the station number, such as 442", required=True),
        Option("--name", "the site's name", required=True),
        Switch(
            "--auto-audit",
            "bills become ACTIVE on import of their 837 alone, but for Medicare and Medicaid",
        ),
        Option("--time-zone", "such as America/Chicago", "ZONE", default="UTC"),
    ),
    json={
        "station": "text",
        "name": "text",
        "user": "text",
        "keys": ["text"],
        "store": "text?",
        "audit_key": "text",
        "bills_become_active": "text",
    },
    in_store=False,
    stopped=ONE_ACT,
)

SITE = Command(
    "site",
    "show the site's parameters, or set one",
    run="sites:site",
    example='lockbox site "auto-audit REIMBURSABLE INS." YES',
    more="Of a name alone only that parameter is shown, as `{name: value}`. Setting one needs LOCKBOX MANAGER.",
    takes=(
        Word(
            "words",
            "NAME VALUE",
            "name, time-zone, finance-adapter, wait-for-277ca, match-window, lock-wait, test-files, or auto-audit "
            "RATE TYPE, and its value",
            count=Count.ANY,
        ),
    ),
    json={
        "station": "text",
        "name": "text",
        "time_zone": "text",
        "finance_adapter": "text",
        "wait_for_277ca": "true or false",
        "match_window_days": "number",
        "lock_wait": "number",
        "test_files": "true or false",
        "live_since": "instant?",
        "demo": "true or false",
        "auto_audit": {EACH: "true or false"},
    },
    stopped=ONE_ACT,
)
