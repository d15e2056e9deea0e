"""A remittance that says whatever an 835 can say: invented, in the manner of the manual's samples (`screens.md` 12)."""

import io

from models.store import Store
from services.office.actor import Actor
from tests import given

_ENVELOPE = (
    "ISA*00*          *00*          *ZZ*PSIPAYER       *ZZ*CLINIC         *120711*1433*^*00501*000000001*0*P*:",
    "GS*HP*PSIPAYER*CLINIC*20120711*1433*1*X*005010X221A1",
)

#: 1412.35 in all: 905.00, 519.60, 26.25 and -20.00 for claims, 18.50 kept back.
SEGMENTS = (
    "ST*835*0001",
    "BPR*I*1412.35*C*CHK************20120709",
    "TRN*1*PSI05507937*1888000222*PSI-ORIGIN",
    "REF*EV*PSIRECEIVER",
    "DTM*405*20120708",
    "N1*PR*PRAIRIE STATE INSURANCE CO*XV*PSI77",
    "N3*4000 DEMO PRAIRIE*SUITE 8",
    "N4*SAMPLETOWN*OH*432150000",
    "REF*2U*PSI-2U",
    "PER*CX*PROVIDER SERVICES*TE*5555550177*EX*44*FX*5555550178",
    "PER*BL*TECHNICAL DESK*EM*claims@example.org",
    "PER*IC**UR*www.example.org/provider",
    "N1*PE*DEMO VAMC*XX*1790700001",
    "N3*1 EXAMPLE PARKWAY",
    "N4*SAMPLETOWN*OH*43215",
    "REF*TJ*990000442",
    "LX*1",
    "TS3*1790700001*13*20121231*4*1831.12",
    "CLP*K20A3F7*1*905*905*0*12*PSI2012-770*11*1",
    "NM1*QC*1*DEMOVET*BRAVO*C***MI*PSI7700102",
    "NM1*82*1*DEMODOC*NORA****XX*1790700019",
    "DTM*050*20120602",
    "SVC*HC:99214*905*905**1",
    "DTM*472*20120520",
    "AMT*B6*905",
    "CLP*K20B119*2*1719.92*519.60*0*MB*PSI2012-771*11*1**470*1.25*.5",
    "CAS*CO*45*1000.32*2*253*100",
    "CAS*OA*23*100",
    "NM1*QC*1*DEMOVET*CHARLIE****MI*PSI7700123",
    "NM1*IL*1*DEMOVET*CHARLOTTE****MI*PSI7700999",
    "NM1*74*1*DEMOVETT*CHARLIE****C*PSI7700124",
    "NM1*82*2*DEMO CLINIC*****XX*1790700027",
    "NM1*TT*2*NORTHWIND MUTUAL HEALTH*****PI*NWM-4410",
    "NM1*PR*2*LAKESHORE BENEFIT TRUST*****PI*LBT-9",
    "NM1*GB*1*DEMOVET*DELTA****MI*GB-881",
    "MIA*3*10.5*2*400*MA07*20*30*40*50*60*70*80*90*100*5*110*120*130*140*M15*N1*N2*N3*150",
    "MOA*.8*75.25*MA01*N19*N30*N31*N32*11.5*12.5",
    "REF*1L*GROUP-7788",
    "REF*F8*PSI2011-001",
    "REF*0B*STATE-55",
    "DTM*232*20120521",
    "DTM*233*20120522",
    "DTM*050*20120601",
    "DTM*036*20121130",
    "PER*CX*CLAIM DESK*TE*5555550199",
    "AMT*AU*1719.92",
    "AMT*I*3.33",
    "AMT*D8*4.44",
    "QTY*CA*7",
    "SVC*HC:99213:25:59*1719.92*519.60*0510*1*HC:99212*2",
    "DTM*150*20120521",
    "DTM*151*20120522",
    "REF*6R*LINE-1",
    "REF*0K*MP-0310",
    "REF*0K*MP-0455",
    "AMT*B6*519.60",
    "AMT*KH*9.99",
    "QTY*ZL*3",
    "LQ*HE*N381",
    "LQ*RX*70",
    "CLP*STRANGE9*4*100*26.25*50*12*PSI2012-772*11*1",
    "NM1*QC*1*ONBEKEND*ANNA****MI*PSI7700555",
    "SVC*NU:0250*100*26.25**1",
    "DTM*472*20120523",
    "CAS*PR*1*50**2*10",
    "CAS*CO*45*13.75",
    "CLP*K20A3F8*22*-20*-20*0*12*PSI2012-773*11*1",
    "NM1*QC*1*DEMOVET*BRAVO*C***MI*PSI7700102",
    "NM1*82*1*DEMODOC*NORA****ZZ*DOC77",
    "PLB*1790700001*20121231*WO:PSI-RCP-77*18.50",
    "SE*0*0001",
)


def segments() -> tuple[str, ...]:
    """The segments of the set, its count right."""
    *all_but_end, _ = SEGMENTS
    return (*all_but_end, f"SE*{len(SEGMENTS)}*0001")


def file() -> bytes:
    """The file as it comes."""
    return "".join(
        f"{segment}~\n" for segment in (*_ENVELOPE, *segments(), "GE*1*1", "IEA*1*000000001")
    ).encode()


def remittance_in_full(store: Store, actor: Actor) -> int:
    """The ERA, of which three claims are billed here; gives its number."""
    given.bills(store, actor, {"K20A3F7": 905, "K20A3F8": 20, "K20C001": 300}, patient="DEMOVET,BRAVO")
    given.bills(store, actor, {"K20B119": "1719.92", "K20B120": 400}, patient="DEMOVET,CHARLIE")
    report = given.brought(store, actor, "full.835", io.BytesIO(file()))
    (era,) = (one.era for one in report.sets)
    assert era is not None
    return era
