"""The formats that Lockbox knows, in the order in which a file is asked for its kind: a new one is a line here."""

from services.intake.format import Formats
from services.intake.formats.ach import ACH
from services.intake.formats.bai2 import BAI2
from services.intake.formats.bills_csv import BILLS_LIST
from services.intake.formats.x12 import FILE_ACKNOWLEDGEMENT, X12
from services.intake.formats.x12_277ca import ACKNOWLEDGEMENT
from services.intake.formats.x12_835 import REMITTANCE
from services.intake.formats.x12_837 import DENTAL, INSTITUTIONAL, PROFESSIONAL

KNOWN = Formats(
    # X12 is last: it takes whatever no other format knows.
    files=(ACH, BAI2, BILLS_LIST, X12),
    sets=(REMITTANCE, PROFESSIONAL, INSTITUTIONAL, DENTAL, ACKNOWLEDGEMENT, FILE_ACKNOWLEDGEMENT),
)
