"""Each subject's tables can be read by themselves; whoever writes knows them all (`models.store`)."""

import subprocess
import sys
from pathlib import Path
from types import ModuleType

from models import tables

ROOT = Path(__file__).parents[2]

SUBJECTS = [name for name in vars(tables) if isinstance(getattr(tables, name), ModuleType)]

# A process for each subject, which has loaded no other: a mistake would hide behind what tests have loaded.
READ_ALONE = """
import importlib, os, sys
import sqlalchemy.orm
from models.base import Base

def read(subject):
    importlib.import_module(f"models.{subject}")
    sqlalchemy.orm.configure_mappers()
    for mapper in Base.registry.mappers:
        str(sqlalchemy.select(mapper))

for subject in sys.argv[1:]:
    child = os.fork()
    if child == 0:
        try:
            read(subject)
        except BaseException as error:
            print(subject, error, flush=True)
        os._exit(0)
    os.waitpid(child, 0)
"""

WRITE = """
import datetime
from models.base import Base
from models.leases import Lease
from models.store import Store

now = datetime.datetime.now(datetime.UTC)
with Store("sqlite://", audit_key=b"").writing() as session:
    Base.metadata.create_all(session.connection())
    session.connection().exec_driver_sql("INSERT INTO users VALUES (1, 'clerk', 'CLERK,ONE', 1, 0, '2012-07-22')")
    session.add(Lease(kind="ERA", reference="1", user_id=1, session="s", since=now, expires=now))
"""


def _python(code: str, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_tables_of_each_subject_can_be_read_without_the_others() -> None:
    assert {"bills", "eras", "users"} <= set(SUBJECTS)
    assert _python(READ_ALONE, *SUBJECTS) == ""


def test_who_writes_knows_all_tables() -> None:
    assert _python(WRITE) == ""
