BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0002');
CREATE TABLE audit_event (
	sequence INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	user_name TEXT NOT NULL, 
	os_user TEXT NOT NULL, 
	act TEXT NOT NULL, 
	object TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	detail TEXT NOT NULL, 
	previous TEXT NOT NULL, 
	hash TEXT NOT NULL, 
	CONSTRAINT pk_audit_event PRIMARY KEY (sequence)
);
INSERT INTO "audit_event" VALUES(1,'2012-07-22 14:37:06.000000','clerk','clerk','site opened','station 442','','','0000000000000000000000000000000000000000000000000000000000000000','63f60c2aa627f518c81218e8e0c40fe35db7dead789d568120a299811f8984c1');
INSERT INTO "audit_event" VALUES(2,'2012-07-22 14:37:06.000000','clerk','clerk','file imported','message 1','','837P filed sha256 17545aa94c09195d','63f60c2aa627f518c81218e8e0c40fe35db7dead789d568120a299811f8984c1','e4c8c3db0917b31e2eef40ca18e75bab8a43ef75e58546fe93d424f38adefca8');
INSERT INTO "audit_event" VALUES(3,'2012-07-22 14:37:06.000000','clerk','clerk','file imported','message 2','','835 filed sha256 e73c4fec55e79586','e4c8c3db0917b31e2eef40ca18e75bab8a43ef75e58546fe93d424f38adefca8','f3392835a2aec1be350d63c5a696bd893a9dc07e44370ab4e830d1415200fa02');
INSERT INTO "audit_event" VALUES(4,'2012-07-22 14:37:06.000000','clerk','clerk','file imported','message 3','','ACH filed sha256 02585a0786bb1af3','f3392835a2aec1be350d63c5a696bd893a9dc07e44370ab4e830d1415200fa02','0c1fa78cbb3009ff58c6380446fcde9830249e9418077e5fa30ac09a5049a2b6');
INSERT INTO "audit_event" VALUES(5,'2012-07-22 14:37:06.000000','*nightly','root','deposit recorded','deposit 569000001','','80.00','0c1fa78cbb3009ff58c6380446fcde9830249e9418077e5fa30ac09a5049a2b6','187b10d7ae1078a2c4cafe57ef6554088e60d396dca27066166e6e6c055fae21');
INSERT INTO "audit_event" VALUES(6,'2012-07-22 14:37:06.000000','*nightly','root','EFTs matched','night job','','1 matched, 0 with errors','187b10d7ae1078a2c4cafe57ef6554088e60d396dca27066166e6e6c055fae21','f440adebfe9c9992342d8347bbf74a1e714a8e7ce8ff9c6531da193b8a451257');
INSERT INTO "audit_event" VALUES(7,'2012-07-22 14:37:06.000000','clerk','clerk','file imported','message 4','','835 filed sha256 935fc2c17d08e78c','f440adebfe9c9992342d8347bbf74a1e714a8e7ce8ff9c6531da193b8a451257','10f88598560d14de4d263f1523b4de61d749b9265b0029d50f134d853e0dad23');
INSERT INTO "audit_event" VALUES(8,'2012-07-22 14:37:06.000000','clerk','clerk','file imported','message 5','','ACH filed sha256 8b8a577b3c7521ff','10f88598560d14de4d263f1523b4de61d749b9265b0029d50f134d853e0dad23','d1fd60132ffa84cfb9c24d98d2f8c76478a0c0c37125c773d10fa677b1400911');
INSERT INTO "audit_event" VALUES(9,'2012-07-22 14:37:06.000000','*nightly','root','deposit recorded','deposit 569000002','','70.00','d1fd60132ffa84cfb9c24d98d2f8c76478a0c0c37125c773d10fa677b1400911','bc5b76a075d31c32b6764cd846b077a7a64aaf1d04f691dcc3721b61f3c250bd');
INSERT INTO "audit_event" VALUES(10,'2012-07-22 14:37:06.000000','*nightly','root','EFTs matched','night job','','0 matched, 1 with errors','bc5b76a075d31c32b6764cd846b077a7a64aaf1d04f691dcc3721b61f3c250bd','f8f852d6a6c163726fe090f5ec4141d62d35f81391fa9af7c3a60ae45c48d0ea');
INSERT INTO "audit_event" VALUES(11,'2012-07-22 14:37:06.000000','clerk','clerk','file imported','message 6','','835 filed sha256 e91ac67384bdc2e1','f8f852d6a6c163726fe090f5ec4141d62d35f81391fa9af7c3a60ae45c48d0ea','bf53daee17bd2713e7c22fe5cc75f6d1a6376a268d075982cc49b1af00dff199');
INSERT INTO "audit_event" VALUES(12,'2012-07-22 14:37:06.000000','clerk','clerk','file imported','message 7','','835 filed sha256 f297fb2645b60c2a','bf53daee17bd2713e7c22fe5cc75f6d1a6376a268d075982cc49b1af00dff199','876759fbd2614d368186c166070e17994160e43478ea5346afeb169bd6214eab');
INSERT INTO "audit_event" VALUES(13,'2012-07-22 14:37:06.000000','clerk','clerk','file imported','message 8','','835 filed sha256 35dece3ab9f749c9','876759fbd2614d368186c166070e17994160e43478ea5346afeb169bd6214eab','61271365a31fed64ab90c8071b5ca6b003208b8f798b5969525a0dd1da2698b2');
INSERT INTO "audit_event" VALUES(14,'2012-07-22 14:37:06.000000','clerk','clerk','scratch pad created','ERA 1','','','61271365a31fed64ab90c8071b5ca6b003208b8f798b5969525a0dd1da2698b2','3023f1133ce5985e1e840894d269cb017dac212b95ce750a022bc25c6d120627');
INSERT INTO "audit_event" VALUES(15,'2012-07-22 14:37:06.000000','clerk','clerk','receipt created','receipt E12072202','','ERA 1','3023f1133ce5985e1e840894d269cb017dac212b95ce750a022bc25c6d120627','6d47f7a5b9847d75490d715d755009c9d5396e2d08cb218bb7819fa5a1ecf4e9');
INSERT INTO "audit_event" VALUES(16,'2012-07-22 14:37:06.000000','clerk','clerk','receipt processed','receipt E12072202','','80.00 TR-442K000003','6d47f7a5b9847d75490d715d755009c9d5396e2d08cb218bb7819fa5a1ecf4e9','a3907e0d0bc0e3fb1a2ca4e534651a131ec94d2c2325b3d47fd52d8a5ab37b5d');
INSERT INTO "audit_event" VALUES(17,'2012-07-22 14:37:06.000000','clerk','clerk','scratch pad created','ERA 3','','paper check 417 of 2012-07-20','a3907e0d0bc0e3fb1a2ca4e534651a131ec94d2c2325b3d47fd52d8a5ab37b5d','31761df4d8457e263c9881a2d5019b77f56fbb43544af34c42921c4737abddf3');
INSERT INTO "audit_event" VALUES(18,'2012-07-22 14:37:06.000000','clerk','clerk','scratch pad created','ERA 4','','match-0 payment','31761df4d8457e263c9881a2d5019b77f56fbb43544af34c42921c4737abddf3','4515553e63a76eb908e490c8c4cd2a5fa7be7e5c92efeda490c28845a23cf2b4');
INSERT INTO "audit_event" VALUES(19,'2012-07-22 14:37:06.000000','clerk','clerk','file imported','message 9','','ACH filed sha256 073c38f42774518b','4515553e63a76eb908e490c8c4cd2a5fa7be7e5c92efeda490c28845a23cf2b4','d14dd97f9db97cc777ac97bbaba6379099fe2c72078c1e02dbe2d8ba3e9d550a');
INSERT INTO "audit_event" VALUES(20,'2012-07-22 14:37:06.000000','*nightly','root','deposit recorded','deposit 569000003','','66.00','d14dd97f9db97cc777ac97bbaba6379099fe2c72078c1e02dbe2d8ba3e9d550a','6c58e2333c500b0b04267ceebe16335c8b0decd1b55ce0f37a393b83a98e3ff1');
INSERT INTO "audit_event" VALUES(21,'2012-07-22 14:37:06.000000','clerk','clerk','file imported','message 10','','ACH duplicate sha256 0d2790726769cc72','6c58e2333c500b0b04267ceebe16335c8b0decd1b55ce0f37a393b83a98e3ff1','2218781ce005d66ea702d09a46e2e2e7ffc02797f2d9963748ee8b85b8f24eb2');
INSERT INTO "audit_event" VALUES(22,'2012-07-22 14:37:06.000000','clerk','clerk','file imported','message 11','','ACH filed sha256 77cf0c0d09ca29a9','2218781ce005d66ea702d09a46e2e2e7ffc02797f2d9963748ee8b85b8f24eb2','9c6825101fd89bc00ef54f25f0b88c7fc1fe45fe17b7233b6306fb58657c5762');
INSERT INTO "audit_event" VALUES(23,'2012-07-22 14:37:06.000000','*nightly','root','deposit recorded','deposit 569000004','','11.00','9c6825101fd89bc00ef54f25f0b88c7fc1fe45fe17b7233b6306fb58657c5762','e059fad467fdf5d82fd5c14fb0ec60a6408f6e147d52502a8fd1fd5c1a0c2952');
INSERT INTO "audit_event" VALUES(24,'2012-07-22 14:37:06.000000','clerk','clerk','file imported','message 12','','ACH filed sha256 81d571bd1593d865','e059fad467fdf5d82fd5c14fb0ec60a6408f6e147d52502a8fd1fd5c1a0c2952','afa6ba18812d5cb2f2ca95a77effecd65a5ba6412f2942b5003a6fe6327429d7');
CREATE TABLE bill (
	id INTEGER NOT NULL, 
	number TEXT NOT NULL, 
	folded TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	status VARCHAR(40) NOT NULL, 
	rate_type VARCHAR(40) NOT NULL, 
	third_party BOOLEAN NOT NULL, 
	original BIGINT NOT NULL, 
	balance BIGINT NOT NULL, 
	medicare_contractual BIGINT NOT NULL, 
	medicare_unreimbursable BIGINT NOT NULL, 
	payer_id INTEGER NOT NULL, 
	payer_sequence TEXT NOT NULL, 
	patient_id INTEGER NOT NULL, 
	further_payer BOOLEAN NOT NULL, 
	frequency TEXT NOT NULL, 
	service_from DATE, 
	service_to DATE, 
	billing_provider TEXT NOT NULL, 
	billing_npi TEXT NOT NULL, 
	rendering_provider TEXT NOT NULL, 
	rendering_npi TEXT NOT NULL, 
	diagnoses TEXT NOT NULL, 
	edi_status VARCHAR(40) NOT NULL, 
	entered_at DATETIME NOT NULL, 
	status_date DATE NOT NULL, 
	transaction_set_id INTEGER, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_bill PRIMARY KEY (id), 
	CONSTRAINT ck_bill_balance_not_negative CHECK (balance >= 0), 
	CONSTRAINT fk_bill_patient_id FOREIGN KEY(patient_id) REFERENCES patient (id), 
	CONSTRAINT fk_bill_payer_id FOREIGN KEY(payer_id) REFERENCES payer (id), 
	CONSTRAINT fk_bill_transaction_set_id FOREIGN KEY(transaction_set_id) REFERENCES transaction_set (id), 
	CONSTRAINT uq_bill_number UNIQUE (number)
);
INSERT INTO "bill" VALUES(1,'K1','K1','837P','ACTIVE','REIMBURSABLE INS.',1,10000,2000,0,0,1,'P',1,0,'1','2012-06-04','2012-06-04','DEMO MEDICAL CENTER','9990004423','','','R69','NO ACKNOWLEDGEMENT','2012-07-22 14:37:06.000000','2012-07-22',1,3);
INSERT INTO "bill" VALUES(2,'K2','K2','837P','ACTIVE','REIMBURSABLE INS.',1,10000,10000,0,0,1,'P',1,0,'1','2012-06-04','2012-06-04','DEMO MEDICAL CENTER','9990004423','','','R69','NO ACKNOWLEDGEMENT','2012-07-22 14:37:06.000000','2012-07-22',1,2);
INSERT INTO "bill" VALUES(3,'K3','K3','837P','ACTIVE','REIMBURSABLE INS.',1,10000,10000,0,0,1,'P',1,0,'1','2012-06-04','2012-06-04','DEMO MEDICAL CENTER','9990004423','','','R69','NO ACKNOWLEDGEMENT','2012-07-22 14:37:06.000000','2012-07-22',1,2);
INSERT INTO "bill" VALUES(4,'K4','K4','837P','ACTIVE','REIMBURSABLE INS.',1,10000,10000,0,0,1,'P',1,0,'1','2012-06-04','2012-06-04','DEMO MEDICAL CENTER','9990004423','','','R69','NO ACKNOWLEDGEMENT','2012-07-22 14:37:06.000000','2012-07-22',1,2);
INSERT INTO "bill" VALUES(5,'K5','K5','837P','ACTIVE','REIMBURSABLE INS.',1,10000,10000,0,0,1,'P',1,0,'1','2012-06-04','2012-06-04','DEMO MEDICAL CENTER','9990004423','','','R69','NO ACKNOWLEDGEMENT','2012-07-22 14:37:06.000000','2012-07-22',1,2);
CREATE TABLE bill_line (
	bill_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	procedure TEXT NOT NULL, 
	modifiers TEXT NOT NULL, 
	revenue_code TEXT NOT NULL, 
	units TEXT NOT NULL, 
	charge BIGINT NOT NULL, 
	service_from DATE, 
	service_to DATE, 
	control_number TEXT NOT NULL, 
	CONSTRAINT pk_bill_line PRIMARY KEY (bill_id, number), 
	CONSTRAINT fk_bill_line_bill_id FOREIGN KEY(bill_id) REFERENCES bill (id)
)
 WITHOUT ROWID

;
INSERT INTO "bill_line" VALUES(1,1,'99213','','','1',10000,'2012-06-04','2012-06-04','K101');
INSERT INTO "bill_line" VALUES(2,1,'99213','','','1',10000,'2012-06-04','2012-06-04','K201');
INSERT INTO "bill_line" VALUES(3,1,'99213','','','1',10000,'2012-06-04','2012-06-04','K301');
INSERT INTO "bill_line" VALUES(4,1,'99213','','','1',10000,'2012-06-04','2012-06-04','K401');
INSERT INTO "bill_line" VALUES(5,1,'99213','','','1',10000,'2012-06-04','2012-06-04','K501');
CREATE TABLE bill_transaction (
	id INTEGER NOT NULL, 
	bill_id INTEGER NOT NULL, 
	type VARCHAR(40) NOT NULL, 
	date DATE NOT NULL, 
	amount BIGINT NOT NULL, 
	principal BIGINT NOT NULL, 
	interest BIGINT NOT NULL, 
	admin_cost BIGINT NOT NULL, 
	marshal_fee BIGINT NOT NULL, 
	court_cost BIGINT NOT NULL, 
	contractual BOOLEAN NOT NULL, 
	receipt_id INTEGER, 
	receipt_line INTEGER, 
	era_id INTEGER, 
	entry INTEGER, 
	line INTEGER, 
	adjustment INTEGER, 
	comment TEXT NOT NULL, 
	user_id INTEGER, 
	recorded_at DATETIME NOT NULL, 
	CONSTRAINT pk_bill_transaction PRIMARY KEY (id), 
	CONSTRAINT ck_bill_transaction_amount_is_its_parts CHECK (amount = principal + interest + admin_cost + marshal_fee + court_cost), 
	CONSTRAINT fk_bill_transaction_bill_id FOREIGN KEY(bill_id) REFERENCES bill (id), 
	CONSTRAINT fk_bill_transaction_receipt_id FOREIGN KEY(receipt_id) REFERENCES receipt (id), 
	CONSTRAINT fk_bill_transaction_user_id FOREIGN KEY(user_id) REFERENCES users (id)
);
INSERT INTO "bill_transaction" VALUES(1,1,'ORIGINAL AMOUNT','2012-07-22',10000,10000,0,0,0,0,0,NULL,NULL,NULL,NULL,NULL,NULL,'',1,'2012-07-22 14:37:06.000000');
INSERT INTO "bill_transaction" VALUES(2,2,'ORIGINAL AMOUNT','2012-07-22',10000,10000,0,0,0,0,0,NULL,NULL,NULL,NULL,NULL,NULL,'',1,'2012-07-22 14:37:06.000000');
INSERT INTO "bill_transaction" VALUES(3,3,'ORIGINAL AMOUNT','2012-07-22',10000,10000,0,0,0,0,0,NULL,NULL,NULL,NULL,NULL,NULL,'',1,'2012-07-22 14:37:06.000000');
INSERT INTO "bill_transaction" VALUES(4,4,'ORIGINAL AMOUNT','2012-07-22',10000,10000,0,0,0,0,0,NULL,NULL,NULL,NULL,NULL,NULL,'',1,'2012-07-22 14:37:06.000000');
INSERT INTO "bill_transaction" VALUES(5,5,'ORIGINAL AMOUNT','2012-07-22',10000,10000,0,0,0,0,0,NULL,NULL,NULL,NULL,NULL,NULL,'',1,'2012-07-22 14:37:06.000000');
INSERT INTO "bill_transaction" VALUES(6,1,'PAYMENT (IN PART)','2012-07-22',-8000,-8000,0,0,0,0,0,3,1,NULL,NULL,NULL,NULL,'',1,'2012-07-22 14:37:06.000000');
CREATE TABLE bulletin (
	id INTEGER NOT NULL, 
	subject TEXT NOT NULL, 
	mail_group VARCHAR(40) NOT NULL, 
	text TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_bulletin PRIMARY KEY (id)
);
INSERT INTO "bulletin" VALUES(1,'EDI LBOX TOTALS MISMATCH ON EFT-ERA MATCH','RCDPE PAYMENTS','EFT #2 (70.00) was matched to ERA #2 (80.00). The EFT total is LESS than the ERA total: a decrease adjustment is needed before the receipt can be processed. The scratch pad generates it.','2012-07-22 14:37:06.000000');
CREATE TABLE claim_adjustment (
	era_id INTEGER NOT NULL, 
	eeob_sequence INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	adjustment_group TEXT NOT NULL, 
	code TEXT NOT NULL, 
	amount BIGINT NOT NULL, 
	quantity TEXT NOT NULL, 
	CONSTRAINT pk_claim_adjustment PRIMARY KEY (era_id, eeob_sequence, line, number), 
	CONSTRAINT fk_claim_adjustment_era_id_eeob_sequence FOREIGN KEY(era_id, eeob_sequence) REFERENCES eeob (era_id, sequence)
)
 WITHOUT ROWID

;
INSERT INTO "claim_adjustment" VALUES(1,1,1,1,'CO','45',2000,'');
INSERT INTO "claim_adjustment" VALUES(2,1,1,1,'CO','45',2000,'');
INSERT INTO "claim_adjustment" VALUES(3,1,1,1,'CO','45',2000,'');
INSERT INTO "claim_adjustment" VALUES(4,1,1,1,'CO','45',10000,'');
INSERT INTO "claim_adjustment" VALUES(5,1,1,1,'CO','45',2000,'');
CREATE TABLE contact (
	era_id INTEGER NOT NULL, 
	eeob_sequence INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_contact PRIMARY KEY (era_id, eeob_sequence, number), 
	CONSTRAINT fk_contact_era_id FOREIGN KEY(era_id) REFERENCES era (id)
);
INSERT INTO "contact" VALUES(1,0,1,'EDI DESK','TE','5555550100');
INSERT INTO "contact" VALUES(2,0,1,'EDI DESK','TE','5555550100');
INSERT INTO "contact" VALUES(3,0,1,'EDI DESK','TE','5555550100');
INSERT INTO "contact" VALUES(4,0,1,'EDI DESK','TE','5555550100');
INSERT INTO "contact" VALUES(5,0,1,'EDI DESK','TE','5555550100');
CREATE TABLE data_exception (
	era_id INTEGER NOT NULL, 
	sequence INTEGER NOT NULL, 
	category VARCHAR(40) NOT NULL, 
	text TEXT NOT NULL, 
	claim TEXT NOT NULL, 
	resolved BOOLEAN NOT NULL, 
	CONSTRAINT pk_data_exception PRIMARY KEY (era_id, sequence), 
	CONSTRAINT fk_data_exception_era_id_sequence FOREIGN KEY(era_id, sequence) REFERENCES eeob (era_id, sequence)
);
CREATE TABLE deposit_ticket (
	id INTEGER NOT NULL, 
	number TEXT NOT NULL, 
	date DATE NOT NULL, 
	status VARCHAR(40) NOT NULL, 
	opened_by INTEGER NOT NULL, 
	opened_at DATETIME NOT NULL, 
	confirmed_by INTEGER, 
	confirmed_at DATETIME, 
	CONSTRAINT pk_deposit_ticket PRIMARY KEY (id), 
	CONSTRAINT fk_deposit_ticket_confirmed_by FOREIGN KEY(confirmed_by) REFERENCES users (id), 
	CONSTRAINT fk_deposit_ticket_opened_by FOREIGN KEY(opened_by) REFERENCES users (id), 
	CONSTRAINT uq_deposit_ticket_number UNIQUE (number)
);
INSERT INTO "deposit_ticket" VALUES(1,'569000001','2012-07-20','CONFIRMED',2,'2012-07-22 14:37:06.000000',2,'2012-07-22 14:37:06.000000');
INSERT INTO "deposit_ticket" VALUES(2,'569000002','2012-07-20','CONFIRMED',2,'2012-07-22 14:37:06.000000',2,'2012-07-22 14:37:06.000000');
INSERT INTO "deposit_ticket" VALUES(3,'569000003','2026-11-23','CONFIRMED',2,'2012-07-22 14:37:06.000000',2,'2012-07-22 14:37:06.000000');
INSERT INTO "deposit_ticket" VALUES(4,'569000004','2026-11-23','CONFIRMED',2,'2012-07-22 14:37:06.000000',2,'2012-07-22 14:37:06.000000');
CREATE TABLE division (
	id INTEGER NOT NULL, 
	number TEXT NOT NULL, 
	name TEXT NOT NULL, 
	CONSTRAINT pk_division PRIMARY KEY (id), 
	CONSTRAINT uq_division_number UNIQUE (number)
);
CREATE TABLE eeob (
	era_id INTEGER NOT NULL, 
	sequence INTEGER NOT NULL, 
	claim TEXT NOT NULL, 
	bill_id INTEGER, 
	charge BIGINT NOT NULL, 
	paid BIGINT NOT NULL, 
	patient_responsibility BIGINT, 
	status TEXT NOT NULL, 
	filing_indicator TEXT NOT NULL, 
	payer_control TEXT NOT NULL, 
	reversal BOOLEAN NOT NULL, 
	patient_name TEXT NOT NULL, 
	patient_id TEXT NOT NULL, 
	corrected_name TEXT NOT NULL, 
	corrected_id TEXT NOT NULL, 
	insured_name TEXT NOT NULL, 
	insured_id TEXT NOT NULL, 
	rendering_name TEXT NOT NULL, 
	rendering_npi TEXT NOT NULL, 
	rendering_person BOOLEAN NOT NULL, 
	crossover TEXT NOT NULL, 
	service_from DATE, 
	service_to DATE, 
	received DATE, 
	drg TEXT NOT NULL, 
	balanced BOOLEAN NOT NULL, 
	fingerprint BLOB NOT NULL, 
	twin_era_id INTEGER, 
	twin_sequence INTEGER, 
	segment INTEGER NOT NULL, 
	CONSTRAINT pk_eeob PRIMARY KEY (era_id, sequence), 
	CONSTRAINT fk_eeob_bill_id FOREIGN KEY(bill_id) REFERENCES bill (id), 
	CONSTRAINT fk_eeob_era_id FOREIGN KEY(era_id) REFERENCES era (id)
)
 WITHOUT ROWID

;
INSERT INTO "eeob" VALUES(1,1,'K1',1,10000,8000,NULL,'1','12','PK1',0,'DEMOVET,ALPHA','DEMO00000001','','','','','','',0,'','2012-06-04','2012-06-04',NULL,'',1,X'6DCD110986D4A94D81C5E30C1F4F8D66',NULL,NULL,15);
INSERT INTO "eeob" VALUES(2,1,'K2',2,10000,8000,NULL,'1','12','PK2',0,'DEMOVET,ALPHA','DEMO00000001','','','','','','',0,'','2012-06-04','2012-06-04',NULL,'',1,X'A8C383E790E0254875E2F881FBA03A08',NULL,NULL,15);
INSERT INTO "eeob" VALUES(3,1,'K3',3,10000,8000,NULL,'1','12','PK3',0,'DEMOVET,ALPHA','DEMO00000001','','','','','','',0,'','2012-06-04','2012-06-04',NULL,'',1,X'7B735304556EBF7ADD01BF578DBF218D',NULL,NULL,15);
INSERT INTO "eeob" VALUES(4,1,'K4',4,10000,0,NULL,'1','12','PK4',0,'DEMOVET,ALPHA','DEMO00000001','','','','','','',0,'','2012-06-04','2012-06-04',NULL,'',1,X'2DC2582F57A64FBC1BC5A6145D13ECED',NULL,NULL,15);
INSERT INTO "eeob" VALUES(5,1,'K5',5,10000,8000,NULL,'1','12','PK5',0,'DEMOVET,ALPHA','DEMO00000001','','','','','','',0,'','2012-06-04','2012-06-04',NULL,'',1,X'FB83DC62BC5DA2059E8055357C384912',NULL,NULL,15);
CREATE TABLE eeob_amount (
	era_id INTEGER NOT NULL, 
	eeob_sequence INTEGER NOT NULL, 
	qualifier TEXT NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_eeob_amount PRIMARY KEY (era_id, eeob_sequence, qualifier), 
	CONSTRAINT fk_eeob_amount_era_id_eeob_sequence FOREIGN KEY(era_id, eeob_sequence) REFERENCES eeob (era_id, sequence)
)
 WITHOUT ROWID

;
CREATE TABLE eeob_line (
	era_id INTEGER NOT NULL, 
	eeob_sequence INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	procedure TEXT NOT NULL, 
	modifiers TEXT NOT NULL, 
	revenue_code TEXT NOT NULL, 
	units TEXT NOT NULL, 
	charge BIGINT NOT NULL, 
	paid BIGINT NOT NULL, 
	allowed BIGINT, 
	original_procedure TEXT NOT NULL, 
	service_from DATE, 
	service_to DATE, 
	control_number TEXT NOT NULL, 
	CONSTRAINT pk_eeob_line PRIMARY KEY (era_id, eeob_sequence, number), 
	CONSTRAINT fk_eeob_line_era_id_eeob_sequence FOREIGN KEY(era_id, eeob_sequence) REFERENCES eeob (era_id, sequence)
)
 WITHOUT ROWID

;
INSERT INTO "eeob_line" VALUES(1,1,1,'99213','','','1',10000,8000,8000,'','2012-06-04','2012-06-04','K101');
INSERT INTO "eeob_line" VALUES(2,1,1,'99213','','','1',10000,8000,8000,'','2012-06-04','2012-06-04','K201');
INSERT INTO "eeob_line" VALUES(3,1,1,'99213','','','1',10000,8000,8000,'','2012-06-04','2012-06-04','K301');
INSERT INTO "eeob_line" VALUES(4,1,1,'99213','','','1',10000,0,NULL,'','2012-06-04','2012-06-04','K401');
INSERT INTO "eeob_line" VALUES(5,1,1,'99213','','','1',10000,8000,8000,'','2012-06-04','2012-06-04','K501');
CREATE TABLE eft (
	id INTEGER NOT NULL, 
	deposit_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	trace TEXT NOT NULL, 
	trace_key TEXT NOT NULL, 
	payer_id TEXT NOT NULL, 
	payer_key TEXT NOT NULL, 
	payer_name TEXT NOT NULL, 
	company_id TEXT NOT NULL, 
	ach_trace TEXT NOT NULL, 
	amount BIGINT NOT NULL, 
	date_paid DATE NOT NULL, 
	received DATE NOT NULL, 
	match_status VARCHAR(40) NOT NULL, 
	era_id INTEGER, 
	recorded BOOLEAN NOT NULL, 
	receipt_line INTEGER, 
	returned BOOLEAN NOT NULL, 
	errors TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_eft PRIMARY KEY (id), 
	CONSTRAINT fk_eft_deposit_id FOREIGN KEY(deposit_id) REFERENCES eft_deposit (id), 
	CONSTRAINT fk_eft_era_id FOREIGN KEY(era_id) REFERENCES era (id), 
	CONSTRAINT uq_eft_company_id_ach_trace_date_paid_amount UNIQUE (company_id, ach_trace, date_paid, amount), 
	CONSTRAINT uq_eft_era_id UNIQUE (era_id)
);
INSERT INTO "eft" VALUES(1,1,1,'T1','T1','1990000001','1990000001','BLUE RIVER HP','1990000001','999934610000001',8000,'2012-07-20','2012-07-22','MATCHED',1,1,1,0,'',4);
INSERT INTO "eft" VALUES(2,2,1,'T2','T2','1990000001','1990000001','BLUE RIVER HP','1990000001','999952150000001',7000,'2012-07-20','2012-07-22','MATCHED WITH ERRORS',2,1,1,0,'EFT #2 (70.00) was matched to ERA #2 (80.00). The EFT total is LESS than the ERA total: a decrease adjustment is needed before the receipt can be processed. The scratch pad generates it.',5);
INSERT INTO "eft" VALUES(3,3,1,'B1','B1','1990000001','1990000001','BLUE RIVER','1999000001','999999990000001',5000,'2026-11-23','2012-07-22','UNMATCHED',NULL,1,1,0,'',3);
INSERT INTO "eft" VALUES(4,3,2,'','','1999000001','1999000001','BLUE RIVER','1999000001','999999990000002',700,'2026-11-23','2012-07-22','UNMATCHED',NULL,1,2,0,'',3);
INSERT INTO "eft" VALUES(5,3,3,'','','1999000001','1999000001','BLUE RIVER','1999000001','999999990000003',900,'2026-11-23','2012-07-22','UNMATCHED',NULL,1,3,0,'',3);
INSERT INTO "eft" VALUES(6,4,1,'B4','B4','1990000001','1990000001','BLUE RIVER','1999000001','999999990000004',1100,'2026-11-23','2012-07-22','UNMATCHED',NULL,1,1,0,'',3);
INSERT INTO "eft" VALUES(7,5,1,'','','1999000001','1999000001','BLUE RIVER','1999000001','999999990000005',1300,'2026-11-23','2012-07-22','UNMATCHED',NULL,0,NULL,0,'',1);
CREATE TABLE eft_deposit (
	id INTEGER NOT NULL, 
	number TEXT NOT NULL, 
	message_id INTEGER NOT NULL, 
	account TEXT NOT NULL, 
	date DATE NOT NULL, 
	total BIGINT NOT NULL, 
	checksum TEXT NOT NULL, 
	checksum_error BOOLEAN NOT NULL, 
	received_at DATETIME NOT NULL, 
	posted DATE, 
	posted_amount BIGINT NOT NULL, 
	receipt_id INTEGER, 
	record_key TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_eft_deposit PRIMARY KEY (id), 
	CONSTRAINT fk_eft_deposit_message_id FOREIGN KEY(message_id) REFERENCES message (id), 
	CONSTRAINT uq_eft_deposit_message_id_account_date UNIQUE (message_id, account, date), 
	CONSTRAINT uq_eft_deposit_number UNIQUE (number), 
	CONSTRAINT uq_eft_deposit_receipt_id UNIQUE (receipt_id), 
	CONSTRAINT uq_eft_deposit_record_key UNIQUE (record_key)
);
INSERT INTO "eft_deposit" VALUES(1,'569000001',3,'442000111','2012-07-20',8000,'e7d08d3369a442ff73030740b04598ad961122d4d33f01afb3bf4bdef0753c5f',0,'2012-07-22 14:37:06.000000','2012-07-22',8000,1,'b39ef412a046cc3df9381ad74e6a3368',3);
INSERT INTO "eft_deposit" VALUES(2,'569000002',5,'442000111','2012-07-20',7000,'00001481ec817f6f9c37d0ff69922f4ff40e7a414f14c2d6665d3da434fcd864',0,'2012-07-22 14:37:06.000000','2012-07-22',7000,2,'6f7c78e0651c9acd9bc520473a19f976',3);
INSERT INTO "eft_deposit" VALUES(3,'569000003',9,'442000111','2026-11-23',6600,'b16cad08a43294116aa59b22f1bdef0faafae0a5d9c359b0c4bb7e005aabcb03',0,'2012-07-22 14:37:06.000000','2012-07-22',6600,4,'a5287b07816ef6d566795b051bb920f4',3);
INSERT INTO "eft_deposit" VALUES(4,'569000004',11,'442000111','2026-11-23',1100,'fbae279bc18a7c329c92e97ceac1f4d35c10acc85a4ef54b285c205c1be52733',0,'2012-07-22 14:37:06.000000','2012-07-22',1100,5,'f1413abdfa7c18440f17f6f1f9c09442',3);
INSERT INTO "eft_deposit" VALUES(5,'569000005',12,'442000111','2026-11-23',1300,'c71c5683053483ff9ca826441543391b83ce4c1903207fc61a1864c664278d55',0,'2012-07-22 14:37:06.000000',NULL,0,NULL,'8f8ae4b4203b044f46d1365178ea36ef',1);
CREATE TABLE era (
	id INTEGER NOT NULL, 
	trace TEXT NOT NULL, 
	trace_key TEXT NOT NULL, 
	payer_id TEXT NOT NULL, 
	payer_key TEXT NOT NULL, 
	payer_name TEXT NOT NULL, 
	date DATE NOT NULL, 
	total BIGINT NOT NULL, 
	received_at DATETIME NOT NULL, 
	received DATE NOT NULL, 
	method TEXT NOT NULL, 
	handling TEXT NOT NULL, 
	match_status VARCHAR(40) NOT NULL, 
	post_status VARCHAR(40) NOT NULL, 
	check_number TEXT NOT NULL, 
	eeob_count INTEGER NOT NULL, 
	approximate_eeobs INTEGER NOT NULL, 
	payee_name TEXT NOT NULL, 
	payee_id TEXT NOT NULL, 
	production_date DATE, 
	balanced_lines BOOLEAN NOT NULL, 
	balanced_claims BOOLEAN NOT NULL, 
	balanced BOOLEAN NOT NULL, 
	transaction_set_id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_era PRIMARY KEY (id), 
	CONSTRAINT fk_era_transaction_set_id FOREIGN KEY(transaction_set_id) REFERENCES transaction_set (id), 
	CONSTRAINT uq_era_payer_key_trace_key_date_total UNIQUE (payer_key, trace_key, date, total)
);
INSERT INTO "era" VALUES(1,'T1','T1','1990000001','1990000001','BLUE RIVER HEALTH PLAN','2012-07-20',8000,'2012-07-22 14:37:06.000000','2012-07-22','ACH','I','MATCHED','POSTED','',1,1,'DEMO MEDICAL CENTER','9990004423','2012-07-20',1,1,1,2,3);
INSERT INTO "era" VALUES(2,'T2','T2','1990000001','1990000001','BLUE RIVER HEALTH PLAN','2012-07-20',8000,'2012-07-22 14:37:06.000000','2012-07-22','ACH','I','MATCHED WITH ERRORS','NOT POSTED','',1,1,'DEMO MEDICAL CENTER','9990004423','2012-07-20',1,1,1,3,2);
INSERT INTO "era" VALUES(3,'T3','T3','1990000001','1990000001','BLUE RIVER HEALTH PLAN','2012-07-20',8000,'2012-07-22 14:37:06.000000','2012-07-22','CHK','I','MATCHED TO PAPER CHECK','NOT POSTED','417',1,1,'DEMO MEDICAL CENTER','9990004423','2012-07-20',1,1,1,4,2);
INSERT INTO "era" VALUES(4,'T4','T4','1990000001','1990000001','BLUE RIVER HEALTH PLAN','2012-07-20',0,'2012-07-22 14:37:06.000000','2012-07-22','NON','H','MATCH-0 PAYMENT','POSTING NOT NEEDED','',1,1,'DEMO MEDICAL CENTER','9990004423','2012-07-20',1,1,1,5,2);
INSERT INTO "era" VALUES(5,'T5','T5','1990000001','1990000001','BLUE RIVER HEALTH PLAN','2012-07-20',8000,'2012-07-22 14:37:06.000000','2012-07-22','ACH','I','UNMATCHED','NOT POSTED','',1,1,'DEMO MEDICAL CENTER','9990004423','2012-07-20',1,1,1,6,1);
CREATE TABLE filing_code (
	code TEXT NOT NULL, 
	rate_type VARCHAR(40) NOT NULL, 
	CONSTRAINT pk_filing_code PRIMARY KEY (code), 
	CONSTRAINT fk_filing_code_rate_type FOREIGN KEY(rate_type) REFERENCES rate_type (name)
);
INSERT INTO "filing_code" VALUES('CI','REIMBURSABLE INS.');
INSERT INTO "filing_code" VALUES('BL','REIMBURSABLE INS.');
INSERT INTO "filing_code" VALUES('12','REIMBURSABLE INS.');
INSERT INTO "filing_code" VALUES('13','REIMBURSABLE INS.');
INSERT INTO "filing_code" VALUES('14','REIMBURSABLE INS.');
INSERT INTO "filing_code" VALUES('15','REIMBURSABLE INS.');
INSERT INTO "filing_code" VALUES('17','REIMBURSABLE INS.');
INSERT INTO "filing_code" VALUES('HM','REIMBURSABLE INS.');
INSERT INTO "filing_code" VALUES('WC','WORKERS'' COMP.');
INSERT INTO "filing_code" VALUES('AM','NO FAULT INS.');
INSERT INTO "filing_code" VALUES('LM','TORT FEASOR');
INSERT INTO "filing_code" VALUES('CH','TRICARE REIMB. INS.');
INSERT INTO "filing_code" VALUES('MA','MEDICARE');
INSERT INTO "filing_code" VALUES('MB','MEDICARE');
INSERT INTO "filing_code" VALUES('MC','MEDICAID');
CREATE TABLE finance_document (
	id INTEGER NOT NULL, 
	number TEXT NOT NULL, 
	kind VARCHAR(40) NOT NULL, 
	receipt_id INTEGER NOT NULL, 
	status VARCHAR(40) NOT NULL, 
	amount BIGINT NOT NULL, 
	text TEXT NOT NULL, 
	made_at DATETIME NOT NULL, 
	status_at DATETIME NOT NULL, 
	written_at DATETIME, 
	CONSTRAINT pk_finance_document PRIMARY KEY (id), 
	CONSTRAINT fk_finance_document_receipt_id FOREIGN KEY(receipt_id) REFERENCES receipt (id), 
	CONSTRAINT uq_finance_document_number UNIQUE (number), 
	CONSTRAINT uq_finance_document_receipt_id UNIQUE (receipt_id)
);
INSERT INTO "finance_document" VALUES(1,'CR-442K000001','CR',1,'ACCEPTED BY FMS',8000,'2012-07-22 * (CR-442K000001) receipt E12072200
    1010               80.00 USD
    2110              -80.00 USD
','2012-07-22 14:37:06.000000','2012-07-22 14:37:06.000000',NULL);
INSERT INTO "finance_document" VALUES(2,'CR-442K000002','CR',2,'ACCEPTED BY FMS',7000,'2012-07-22 * (CR-442K000002) receipt E12072201
    1010               70.00 USD
    2110              -70.00 USD
','2012-07-22 14:37:06.000000','2012-07-22 14:37:06.000000',NULL);
INSERT INTO "finance_document" VALUES(3,'TR-442K000003','TR',3,'ACCEPTED BY FMS',8000,'2012-07-22 * (TR-442K000003) receipt E12072202
    1200              -80.00 USD
    2110               80.00 USD
','2012-07-22 14:37:06.000000','2012-07-22 14:37:06.000000',NULL);
INSERT INTO "finance_document" VALUES(4,'CR-442K000004','CR',4,'ACCEPTED BY FMS',6600,'2012-07-22 * (CR-442K000004) receipt E12072203
    1010               66.00 USD
    2110              -66.00 USD
','2012-07-22 14:37:06.000000','2012-07-22 14:37:06.000000',NULL);
INSERT INTO "finance_document" VALUES(5,'CR-442K000005','CR',5,'ACCEPTED BY FMS',1100,'2012-07-22 * (CR-442K000005) receipt E12072204
    1010               11.00 USD
    2110              -11.00 USD
','2012-07-22 14:37:06.000000','2012-07-22 14:37:06.000000',NULL);
CREATE TABLE finding (
	id INTEGER NOT NULL, 
	message_id INTEGER NOT NULL, 
	transaction_set_id INTEGER, 
	code TEXT NOT NULL, 
	text TEXT NOT NULL, 
	place TEXT NOT NULL, 
	CONSTRAINT pk_finding PRIMARY KEY (id), 
	CONSTRAINT fk_finding_message_id FOREIGN KEY(message_id) REFERENCES message (id), 
	CONSTRAINT fk_finding_transaction_set_id FOREIGN KEY(transaction_set_id) REFERENCES transaction_set (id)
);
INSERT INTO "finding" VALUES(1,9,NULL,'no-trace','The claim payment carries no reassociation trace (TRN) in its addenda.','record 5');
INSERT INTO "finding" VALUES(2,9,NULL,'no-trace','The claim payment carries no reassociation trace (TRN) in its addenda.','record 8');
INSERT INTO "finding" VALUES(3,10,NULL,'duplicate-eft','EFT 999999990000001 is on file already.','record 3');
INSERT INTO "finding" VALUES(4,11,NULL,'no-trace','The claim payment carries no reassociation trace (TRN) in its addenda.','record 7');
INSERT INTO "finding" VALUES(5,11,NULL,'duplicate-eft','EFT 999999990000001 is on file already.','record 3');
INSERT INTO "finding" VALUES(6,11,NULL,'duplicate-eft','EFT 999999990000002 is on file already.','record 7');
INSERT INTO "finding" VALUES(7,12,NULL,'no-trace','The claim payment carries no reassociation trace (TRN) in its addenda.','record 3');
CREATE TABLE journal_entry (
	id INTEGER NOT NULL, 
	date DATE NOT NULL, 
	act VARCHAR(40) NOT NULL, 
	receipt_id INTEGER, 
	reverses_id INTEGER, 
	cause TEXT NOT NULL, 
	memo TEXT NOT NULL, 
	user_id INTEGER NOT NULL, 
	recorded_at DATETIME NOT NULL, 
	CONSTRAINT pk_journal_entry PRIMARY KEY (id), 
	CONSTRAINT fk_journal_entry_receipt_id FOREIGN KEY(receipt_id) REFERENCES receipt (id), 
	CONSTRAINT fk_journal_entry_reverses_id FOREIGN KEY(reverses_id) REFERENCES journal_entry (id), 
	CONSTRAINT fk_journal_entry_user_id FOREIGN KEY(user_id) REFERENCES users (id), 
	CONSTRAINT uq_journal_entry_reverses_id UNIQUE (reverses_id)
);
INSERT INTO "journal_entry" VALUES(1,'2012-07-22','bill active',NULL,NULL,'','',1,'2012-07-22 14:37:06.000000');
INSERT INTO "journal_entry" VALUES(2,'2012-07-22','bill active',NULL,NULL,'','',1,'2012-07-22 14:37:06.000000');
INSERT INTO "journal_entry" VALUES(3,'2012-07-22','bill active',NULL,NULL,'','',1,'2012-07-22 14:37:06.000000');
INSERT INTO "journal_entry" VALUES(4,'2012-07-22','bill active',NULL,NULL,'','',1,'2012-07-22 14:37:06.000000');
INSERT INTO "journal_entry" VALUES(5,'2012-07-22','bill active',NULL,NULL,'','',1,'2012-07-22 14:37:06.000000');
INSERT INTO "journal_entry" VALUES(6,'2012-07-22','EFT recorded',1,NULL,'','deposit 569000001',2,'2012-07-22 14:37:06.000000');
INSERT INTO "journal_entry" VALUES(7,'2012-07-22','EFT recorded',2,NULL,'','deposit 569000002',2,'2012-07-22 14:37:06.000000');
INSERT INTO "journal_entry" VALUES(8,'2012-07-22','receipt processed',3,NULL,'','receipt E12072202',1,'2012-07-22 14:37:06.000000');
INSERT INTO "journal_entry" VALUES(9,'2012-07-22','EFT recorded',4,NULL,'','deposit 569000003',2,'2012-07-22 14:37:06.000000');
INSERT INTO "journal_entry" VALUES(10,'2012-07-22','EFT recorded',5,NULL,'','deposit 569000004',2,'2012-07-22 14:37:06.000000');
CREATE TABLE journal_line (
	entry_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	account VARCHAR(40) NOT NULL, 
	bill_id INTEGER, 
	eft_id INTEGER, 
	receipt_id INTEGER, 
	receipt_line INTEGER, 
	debit BIGINT NOT NULL, 
	credit BIGINT NOT NULL, 
	CONSTRAINT pk_journal_line PRIMARY KEY (entry_id, number), 
	CONSTRAINT ck_journal_line_one_side CHECK (debit >= 0 AND credit >= 0 AND (debit = 0) <> (credit = 0)), 
	CONSTRAINT fk_journal_line_bill_id FOREIGN KEY(bill_id) REFERENCES bill (id), 
	CONSTRAINT fk_journal_line_eft_id FOREIGN KEY(eft_id) REFERENCES eft (id), 
	CONSTRAINT fk_journal_line_entry_id FOREIGN KEY(entry_id) REFERENCES journal_entry (id), 
	CONSTRAINT fk_journal_line_receipt_id FOREIGN KEY(receipt_id) REFERENCES receipt (id)
)
 WITHOUT ROWID

;
INSERT INTO "journal_line" VALUES(1,1,'1200',1,NULL,NULL,NULL,10000,0);
INSERT INTO "journal_line" VALUES(1,2,'4000',NULL,NULL,NULL,NULL,0,10000);
INSERT INTO "journal_line" VALUES(2,1,'1200',2,NULL,NULL,NULL,10000,0);
INSERT INTO "journal_line" VALUES(2,2,'4000',NULL,NULL,NULL,NULL,0,10000);
INSERT INTO "journal_line" VALUES(3,1,'1200',3,NULL,NULL,NULL,10000,0);
INSERT INTO "journal_line" VALUES(3,2,'4000',NULL,NULL,NULL,NULL,0,10000);
INSERT INTO "journal_line" VALUES(4,1,'1200',4,NULL,NULL,NULL,10000,0);
INSERT INTO "journal_line" VALUES(4,2,'4000',NULL,NULL,NULL,NULL,0,10000);
INSERT INTO "journal_line" VALUES(5,1,'1200',5,NULL,NULL,NULL,10000,0);
INSERT INTO "journal_line" VALUES(5,2,'4000',NULL,NULL,NULL,NULL,0,10000);
INSERT INTO "journal_line" VALUES(6,1,'1010',NULL,NULL,NULL,NULL,8000,0);
INSERT INTO "journal_line" VALUES(6,2,'2110',NULL,1,1,1,0,8000);
INSERT INTO "journal_line" VALUES(7,1,'1010',NULL,NULL,NULL,NULL,7000,0);
INSERT INTO "journal_line" VALUES(7,2,'2110',NULL,2,2,1,0,7000);
INSERT INTO "journal_line" VALUES(8,1,'2110',NULL,1,NULL,NULL,8000,0);
INSERT INTO "journal_line" VALUES(8,2,'1200',1,NULL,3,1,0,8000);
INSERT INTO "journal_line" VALUES(9,1,'1010',NULL,NULL,NULL,NULL,6600,0);
INSERT INTO "journal_line" VALUES(9,2,'2110',NULL,3,4,1,0,5000);
INSERT INTO "journal_line" VALUES(9,3,'2110',NULL,4,4,2,0,700);
INSERT INTO "journal_line" VALUES(9,4,'2110',NULL,5,4,3,0,900);
INSERT INTO "journal_line" VALUES(10,1,'1010',NULL,NULL,NULL,NULL,1100,0);
INSERT INTO "journal_line" VALUES(10,2,'2110',NULL,6,5,1,0,1100);
CREATE TABLE kept_acknowledgement (
	message_id INTEGER NOT NULL, 
	ordinal INTEGER NOT NULL, 
	segment INTEGER NOT NULL, 
	claim TEXT NOT NULL, 
	folded TEXT NOT NULL, 
	edi_status VARCHAR(40) NOT NULL, 
	kept_at DATETIME NOT NULL, 
	bill_id INTEGER, 
	noted_at DATETIME, 
	CONSTRAINT pk_kept_acknowledgement PRIMARY KEY (message_id, ordinal, segment), 
	CONSTRAINT fk_kept_acknowledgement_bill_id FOREIGN KEY(bill_id) REFERENCES bill (id), 
	CONSTRAINT fk_kept_acknowledgement_message_id FOREIGN KEY(message_id) REFERENCES message (id)
)
 WITHOUT ROWID

;
CREATE TABLE lease (
	kind TEXT NOT NULL, 
	reference TEXT NOT NULL, 
	user_id INTEGER NOT NULL, 
	session TEXT NOT NULL, 
	since DATETIME NOT NULL, 
	expires DATETIME NOT NULL, 
	CONSTRAINT pk_lease PRIMARY KEY (kind, reference), 
	CONSTRAINT fk_lease_user_id FOREIGN KEY(user_id) REFERENCES users (id)
);
INSERT INTO "lease" VALUES('ERA','1',1,'35785df5f8940440','2012-07-22 14:37:06.000000','2012-07-22 14:39:06.000000');
INSERT INTO "lease" VALUES('ERA','3',1,'35785df5f8940440','2012-07-22 14:37:06.000000','2012-07-22 14:39:06.000000');
INSERT INTO "lease" VALUES('ERA','4',1,'35785df5f8940440','2012-07-22 14:37:06.000000','2012-07-22 14:39:06.000000');
CREATE TABLE line_adjustment (
	era_id INTEGER NOT NULL, 
	entry INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	cause VARCHAR(40) NOT NULL, 
	amount BIGINT NOT NULL, 
	reference TEXT NOT NULL, 
	action VARCHAR(10) NOT NULL, 
	offset_needed BOOLEAN NOT NULL, 
	completed BOOLEAN NOT NULL, 
	comment TEXT NOT NULL, 
	eeob_sequence INTEGER, 
	other_entry INTEGER, 
	other_line INTEGER, 
	other_cause VARCHAR(40), 
	CONSTRAINT pk_line_adjustment PRIMARY KEY (era_id, entry, line, number), 
	CONSTRAINT fk_line_adjustment_era_id_entry_line FOREIGN KEY(era_id, entry, line) REFERENCES scratchpad_line (era_id, entry, number)
)
 WITHOUT ROWID

;
CREATE TABLE message (
	id INTEGER NOT NULL, 
	sha256 TEXT NOT NULL, 
	file_name TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	size INTEGER NOT NULL, 
	outcome VARCHAR(40) NOT NULL, 
	received_at DATETIME NOT NULL, 
	received_by INTEGER NOT NULL, 
	CONSTRAINT pk_message PRIMARY KEY (id), 
	CONSTRAINT fk_message_received_by FOREIGN KEY(received_by) REFERENCES users (id), 
	CONSTRAINT uq_message_sha256 UNIQUE (sha256)
);
INSERT INTO "message" VALUES(1,'17545aa94c09195d580569a688b57f9200028658216280b3067bb692a6b59e64','bills.837','837P',1999,'filed','2012-07-22 14:37:06.000000',1);
INSERT INTO "message" VALUES(2,'e73c4fec55e795864f350065dd1864c017a2498be0bc2a20a6008b3e73182a10','T1.835','835',774,'filed','2012-07-22 14:37:06.000000',1);
INSERT INTO "message" VALUES(3,'02585a0786bb1af3ce6409856ff73b49c2938ad4eb8867b3a99c81db931197be','T1.ach','ACH',950,'filed','2012-07-22 14:37:06.000000',1);
INSERT INTO "message" VALUES(4,'935fc2c17d08e78c28a861a8e05530c6efd9992429e02900e59b5622c6957106','T2.835','835',774,'filed','2012-07-22 14:37:06.000000',1);
INSERT INTO "message" VALUES(5,'8b8a577b3c7521ff726bea41a56bfc8c1c467e98d2f840e798876c06c26b42b3','T2.ach','ACH',950,'filed','2012-07-22 14:37:06.000000',1);
INSERT INTO "message" VALUES(6,'e91ac67384bdc2e1500bb17386e23c533eae3f2e79ae17b3498c74778409065b','T3.835','835',717,'filed','2012-07-22 14:37:06.000000',1);
INSERT INTO "message" VALUES(7,'f297fb2645b60c2a14ac22164ea010c3bbfd1b8742acde297df6837f1a855647','T4.835','835',704,'filed','2012-07-22 14:37:06.000000',1);
INSERT INTO "message" VALUES(8,'35dece3ab9f749c9b2fc3875f2923173f79cb05e33109dd3a96782625438707e','T5.835','835',774,'filed','2012-07-22 14:37:06.000000',1);
INSERT INTO "message" VALUES(9,'073c38f42774518bd4275ae7b00c60ee82965c7d4cae637e7573f7805c66d093','morning.ach','ACH',950,'filed','2012-07-22 14:37:06.000000',1);
INSERT INTO "message" VALUES(10,'0d2790726769cc720ac242f9e233d31a2b5d67021f5e61560ed7eecfb51d2f92','evening.ach','ACH',950,'duplicate','2012-07-22 14:37:06.000000',1);
INSERT INTO "message" VALUES(11,'77cf0c0d09ca29a96f4a072b9067a89307994c47174b08f25bdc99a59f839467','mixed.ach','ACH',950,'filed','2012-07-22 14:37:06.000000',1);
INSERT INTO "message" VALUES(12,'81d571bd1593d86511dc64694b4504da65a4d240e7c3013ee32534d5f1f89cda','waiting.ach','ACH',950,'filed','2012-07-22 14:37:06.000000',1);
CREATE TABLE message_part (
	message_id INTEGER NOT NULL, 
	byte_offset INTEGER NOT NULL, 
	size INTEGER NOT NULL, 
	data BLOB NOT NULL, 
	CONSTRAINT pk_message_part PRIMARY KEY (message_id, byte_offset), 
	CONSTRAINT fk_message_part_message_id FOREIGN KEY(message_id) REFERENCES message (id)
);
INSERT INTO "message_part" VALUES(1,0,1999,X'7801D555C192AB2010BCFB159EFB048418CD0D0D8954D0F0D4CDBA7BD84FF1DBB79124B5EF1DF69D72C85449C1003D4DCF086E341002F9C3FE197D7EE260BB4BE3AD195C7FE232D035BAC96AADEE9B2095D829015112EA8B085B21D926630F13F64B761AD1367FA1DD71A0C44F0489396188592965E4928D13CACD2E42465CA23F66EA76A247566C707257DB27AC42E8C4A66997ACEF24B4845A63E79D3DB8C6F8BCB1FD640744D3C59DC99205FA5C83DA791FCF7B391E5D6331596C571352AB1BA22062EDDF6C3E30EE90B7D6F8A9CD8337FD1D342A47F6AD87047981FD305C898D30375085FC73154A88390196DB5F28CE33AAAAA200947DC3F51BC8DCCEA60BDEE6C10CE777F341AFC6B8BAA6CB7B8F4B0BBD51721BD3B064833DC23A82C42141565A8AC49402A7C77A40802C57EA40E3122717A9C7635CED04E3436BE282CEADBE8844E3A9563A7159FE5F1E87EE844309599197643ABB14280CBFAB195248C66A7C87B38464C20129F7F55EE203861F15681D4C7DDE0F45B5647E8E828F57C9B2DB579592D48C9BDEFA988D38759802F48E65513E8A26E9540C8C10CFC5CC71D36B4AC4DC3E5922FEB5AB44FA55254A05F1CC2ADADC24DABEAA44CCED93AB48DF242A5E5522E6F6C912F1C1E34566B14B4F209F524BB1E873D6B093AEE1F522FE069654D0B2');
INSERT INTO "message_part" VALUES(2,0,774,X'780185524172A33010BCF30A9DFB2409B0BDB9C9B2628805D682E2B03EEC53787B7AC04E915C324551D2A8A7A7A7A57674D01AEA2B7EECEE779C4277F531B8A1EDCF8481A9B1CDA1AAECB308C6EABDD5D00752FD2743AD0DFF6B70858C97B9388F68D237B6270FACDE32184C2B879EAC35CECCC59871286BA1E4E69806B438687838DFC0FB04B6FBC390F33D4E4E364B7303F35811F14409D20A8A134885315FFDE7220F3D0CF2B6702E4EB943A5EB0DAC37A08A637C0F6A686F61504D7031372A45D7CF455FC268ADC438C9DC1D531546D7A518F2F5A3C7B541555A538BC8B918C22BECFBE20CC74B4188114E2D09C60B7240BD84262789D8392C58D511E35D543EF49945D3F4989B7395AB0815A6A5A94A6EB87CB87FBFEBC86F24115924998B38818A7C4CB8D011194A7CE7752349821F193B83BF9EA732EE2D64B8981A0746D72E396163102A3EDAD2AE3EEE74F5CC949BCC78F368FC0BAFC82C2EAE0D1F77B0DFD67A37C25F51C9BDAC26EE06EA9446AECB38EE58CAA71360ABC7CB390719622EDAE0B858652DC23E01ACD5AEAC');
INSERT INTO "message_part" VALUES(3,0,950,X'7801ED50BB0EC2300CDCF315993BD9210532A66904156D41214542E2FFBF03E74505088490D8B8C18E6CE7EE6C04E42A43C417101005AC04C01A40839208D8DA61CFBDB3FA38B9336FF4B8E301B16C7AAB5D376EE672EC5160B510D0F493E5AE3B59C7B787D279C8A854D0256563DAAD31BDEE86C3E0938D14E9074D29B5904BCCB36C29C4CDBC9464989C63A14E43B402944ACED1F460DBCEE89E1B3B7A7216F044BF82DABBB1C2CA63353BBC649AAF52B0988C215BD3712228953552E13E861566F997B28FC749174D6A59133E507AC97FDF60C5F16FF29FFECD5DD9157E2FBBCF');
INSERT INTO "message_part" VALUES(4,0,774,X'78018552B176A33010ECF90AD55349026C5F3A59560CB1C03A501CCEC57D0ADF9E59B0F3489A6CC19346B3B3B3BBB4A383D6505FF1E376BFE314BAAB8FC10D6D7F260D84C63687AAB2CF2418ABF756431F28F59F0AB536FCAEC113325EE6E23CA249DFD49E3AB07AAB6030AD1A7AB2D638331763C6A1AC459297631AD0E2A0E1E17C03EF1358EE0F43DEF73839B92CC50DCCE344C693254C2B2C762019C67CD59F8B3CF430C876933817A7DCA1D2F586D61BD0C531BE0735B4B730A826B8981B95A2EBE7A22F61B456323841EE8E5085D17529867CFDE8716D5095D6D462722E86F00AFBBE4C86EDA520C208A79602E30539A05E42539342AC1C16AEEAC8F12E2A1FFACCA4697AF4CDBECAD5840AD3525425375C3EDCBFDF7DE4378A882D8ACC459C40473E265C3811694AE6CE75230940848A9DC15FCF5769F716325C4C8D03A36B174CD418A4CA1C6D69D739EE74F544CA0D32DE3C1AFFC21599658A6BC1C70EF6DB5CEF46F82B2AD9CB3AC4DD409F52C87519C71D53F9EB04D8EAF1E79C833431176D703CACB616639FB0A2AEB0');
INSERT INTO "message_part" VALUES(5,0,950,X'7801ED50BB0EC2300CDCF315993BD9564BC918D2082ADA82424042E2FFBF03E74505088490D8B8C157D9EEDDC508285506C52F602012B404B004D0A06A04ECECB893DE597D38BAB35CE9692B0362DB0C56BB7E5ACFED38E3221A22580D472B5D7FB24E6EF665F2C0A854F0656763BA8D3183EEC7FDE8538C54F90FDE52AA216CF2AE5810DDC2D73507E6E458A4D352CB543A9963E8D176BDD1833476F29C2CE049BE85C6BBA9C2CA533527BC6499AF28444CC1502CF938114CE519A9715FC31366FB97B68FC749174D6ED9133E707AA97F3F1025F16FF82FFFE6AEE20A729FBBCA');
INSERT INTO "message_part" VALUES(6,0,717,X'78018592C17683201045F77E05EBB702D4247647C8345AD1502489CDA29FE2B777D09863BBE92C3CF260EEBC1968060329215EF167F578E044DDC53A32A1E9CF7C0C2C0D4DA4A2D06B1294967B2D210F8CFA664229157F97E03F44BC4DD97940ED7FD1560EB4DC1214C6852147AD95515336441CF232217971F4010D0E1216B66EB18915336531F450883954553D6D4CD929762864F9AA3665BD02C38EEE4A2234370AA226E3622DBC333DEF72BA9422F59F948761A9C0603AEF285EEE3D2E358A5CAB325598B240EFD0D7B94176E9298141A78601438B4828E790CC5C2AD37C56747CC61A272CF59193C611D56C9A079C2F26048D7351E14D68EFE6EB7F1FF18321C91643A6CC8D6047D679B4DC526A2A8D8F6F0D3E09AC30B153F8B4BC9BDABD518471BE3669B85D336B89C6C147D31C75AE9739EE64B12AF946196E16B57DAB2AADE6292E059F77B0DFE65A33C05E50A47B5986B80BEC3315325DC471C7A9FC0208BA783E8033A526A6AC21C33F8BADD9D80FE420A2C9');
INSERT INTO "message_part" VALUES(7,0,704,X'78018591C176C2201045F7F90AD66F052451D31DE2D4A4928406D4D4453F25DFDE81A8C776D359706018EEBC7974C1404A8867FC39DD6E38503F5A4766EA8623978153A18B5455FAF1084ACBAD96903B467D33A1968AD735788788B7A53806B4FE17EDC18196AF04857965C8596B65D45284885D5927241FF67E42CB508B611CF0120FCA52C4698042ACA09AE6AE62290EB14725EB67B3A5181498B57767125377A149B4645C6C857766E0DB124A4A91C64F999BE15485607AEF288ED701638BAAD4AA4E1D9662A277E8739E8F457A4A60D0A16340382112EA1C92996B67CAB5A2E71A6B9CB034447E34CF68B268F6B75C45089A7353E1CD74BA9AAFFF75C40F8624590C590A37831559E7716247D250EC1EFF197C3A738281BDC2A7E5CB34ED85228CF3AD49DEF65DCE25180797261B75A9571B37B27A64CA974CB858B4F6AD69B4CA26E67EF71FD8BE3EB526C08EA8EAA46AF57033B1CCD42810F7B9FFF99192F0A5E8C8F066D592D5FC00D9A79FC9');
INSERT INTO "message_part" VALUES(8,0,774,X'78018552B176A33010ECF90AD55349026C5F3A59560CB1C03A501CCEC57D0ADF9E59B0F3489A6CC19346B3B3B3BBB4A383D6505FF1E376BFE314BAAB8FC10D6D7F260D84C63687AAB2CF2418ABF756431F28F59F0AB536FCAEC113325EE6E23CA249DFD49E3AB07AAB6030AD1A7AB2D638331763C6A1AC459297631AD0E2A0E1E17C03EF1358EE0F43DEF73839B92CC50DCCE344C693254C2B2C762019C67CD59F8B3CF430C8F526712E4EB943A5EB0DAD37A08B637C0F6A686F61504D7031372A45D7CF455FC268AD647082DC1DA10AA3EB520CF9FAD1E3DAA02AADA9C5E45C0CE115F67D990CDB4B4184114E2D05C60B7240BD84A6268558392C5CD591E35D543EF49949D3F4E89B7D95AB0915A6A5A84A6EB87CB87FBFFBC86F14115B14998B38818E7C4CB87022D294CC9DEB46128008153B83BF9EAFD2EE2D64B8981A0746D72E98A831489539DAD2AE73DCE9EA89941B64BC7934FE852B32CB14D7828F1DECB7B9DE8DF05754B2977588BB813EA590EB328E3BA6F2D709B0D5E3CF390769622EDAE078586D2DC63E01BC09AEBC');
INSERT INTO "message_part" VALUES(9,0,950,X'7801B552CB8E83300CBCE72B72E6649B47DB6308D12E5A60AB2CAD54A9FFFF1DEBBC8A9AA8123D740E7938663C1E8380F21441DB893A44023802283835083898F957AED6A8BF8BBDC95E2D3FD2C187CFEA362E5F5BD0BFF845B44CD24F1723ED7835767BC84FC812C001B51EBEB59ED4389FE735C8F06BCD9FB82C0F9F0A283AA214A2A6E15A8088893B24B5BCA548DCBDE8D90CA35693D46659A3B282FE00ED6A970AAB1E2B7E8C55EF19DD5B572731F2EC510F87DDEA213911E8491C9D1F0E35A4CE789E255AAEE112FCCBC3BDA2AB677AFCEC686997392C3993F96AB49939F5660E4FE3B9B3CC20AEF1B639248299610071DED040FA59D9F0125D57749335F7B88A7F3D33AF7B');
INSERT INTO "message_part" VALUES(10,0,950,X'7801ED50C10E83200CBDF3159C3DB54C9D1E11C966A6CC305C62B2FFFF8E0142882E2EDB61B7BD430B6D79EF5104A475004B27562232800AA0813A47C0560E576AB4E4B749CFB4E1EA421D7C79E473A74EA9E83B3E90C29234FD24A9EEEE52A7C6F684D60238A010ED59889E77C33898C5868F07FBC44D79F851405232164B2CCFAD162062E45E860A9B6225646F7A906D27784F855426387BA13F4261B4CA306B58669B41F5B1A1FBEAEA2C061E5239C30E36C76F2C8575745F480BDA955B5320090BF55C41F313A55DFE758344B9DFE43FFD9BBD9227AC90BB99');
INSERT INTO "message_part" VALUES(11,0,950,X'7801B552C10EC2200CBDF3159C776A916D7A648CE8E2360D4E9325FEFF77581884B82506137D075ADAF2FA428B80FC102092272A4401B007D0709008D89AE1C2276BD4ED6E67DEA8F1CC1D7CF8AAE66E3CA6A0CFF8839544D2F477C36DF7303625D61E92047040ADDB93D6BDEA86EB302D32FCB9A327AECAC39702B24A88181252522F40C4C8BD1495646224582F7A306DA755CFB519A7A06C435F4339D9B1C0A2D915940C5D9F2BBAAFAE4E62E0C9518F54BCE2CF542F59522F7FAF5EE6A8873A5B3DC4392E9F23D8DE4DD3A184386362DBA2A21D4DDBB3FAAB747DA74716B6CDF38581E4744A841F3D16DBFDC7B2173E1BAFAF');
INSERT INTO "message_part" VALUES(12,0,950,X'7801ED50CD0E83200CBEF3143C428B3FD12302D9C8C419A64B7CFF1719200DD125BB79DB7768CBD7F66B0B02F23E439448B48802A003D0D0D708A88D7BF2C51BF95AFDC607393D7844A267B9D9E956C89449863541641857C3BD7D1B5F12E708C30A10814AE9BB52A3B46E76CBBE46B25568895509A91490B5421025EA3ACC024424ED5C540110937D5ADA196D951CB932D3923703D2DA3B1BD645C50884536EA7C96298512E384D2BCFA33CB27C71520913C81FCB324FE9EF6B8AFE3162A4738DFFCBFFF8D7AB3FE7034E77C1F2');
CREATE TABLE money_act (
	"key" TEXT NOT NULL, 
	act TEXT NOT NULL, 
	reference TEXT NOT NULL, 
	user_id INTEGER NOT NULL, 
	done_at DATETIME NOT NULL, 
	CONSTRAINT pk_money_act PRIMARY KEY ("key"), 
	CONSTRAINT fk_money_act_user_id FOREIGN KEY(user_id) REFERENCES users (id)
);
INSERT INTO "money_act" VALUES('b39ef412a046cc3df9381ad74e6a3368','deposit recorded','569000001',2,'2012-07-22 14:37:06.000000');
INSERT INTO "money_act" VALUES('6f7c78e0651c9acd9bc520473a19f976','deposit recorded','569000002',2,'2012-07-22 14:37:06.000000');
INSERT INTO "money_act" VALUES('56f5c4a78fd95cd105a03f9201f6f46e','receipt processed','E12072202',1,'2012-07-22 14:37:06.000000');
INSERT INTO "money_act" VALUES('a5287b07816ef6d566795b051bb920f4','deposit recorded','569000003',2,'2012-07-22 14:37:06.000000');
INSERT INTO "money_act" VALUES('f1413abdfa7c18440f17f6f1f9c09442','deposit recorded','569000004',2,'2012-07-22 14:37:06.000000');
CREATE TABLE patient (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	member_id TEXT NOT NULL, 
	last_four TEXT NOT NULL, 
	birth_date TEXT NOT NULL, 
	CONSTRAINT pk_patient PRIMARY KEY (id), 
	CONSTRAINT uq_patient_name_member_id_birth_date UNIQUE (name, member_id, birth_date)
);
INSERT INTO "patient" VALUES(1,'DEMOVET,ALPHA','DEMO00000001','0001','1950-01-01');
CREATE TABLE payer (
	id INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	identifier TEXT NOT NULL, 
	name TEXT NOT NULL, 
	CONSTRAINT pk_payer PRIMARY KEY (id), 
	CONSTRAINT uq_payer_key UNIQUE ("key")
);
INSERT INTO "payer" VALUES(1,'DEMO1','DEMO1','BLUE RIVER HEALTH PLAN');
CREATE TABLE payer_alias (
	alias TEXT NOT NULL, 
	payer_key TEXT NOT NULL, 
	CONSTRAINT pk_payer_alias PRIMARY KEY (alias)
);
CREATE TABLE provider_adjustment (
	era_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	reference TEXT NOT NULL, 
	code TEXT NOT NULL, 
	amount BIGINT NOT NULL, 
	text TEXT NOT NULL, 
	provider TEXT NOT NULL, 
	CONSTRAINT pk_provider_adjustment PRIMARY KEY (era_id, number), 
	CONSTRAINT fk_provider_adjustment_era_id FOREIGN KEY(era_id) REFERENCES era (id)
);
CREATE TABLE rate_type (
	name VARCHAR(40) NOT NULL, 
	category TEXT NOT NULL, 
	auto_audit BOOLEAN NOT NULL, 
	CONSTRAINT pk_rate_type PRIMARY KEY (name)
);
INSERT INTO "rate_type" VALUES('REIMBURSABLE INS.','REIMBURS.HEALTH INS.',1);
INSERT INTO "rate_type" VALUES('WORKERS'' COMP.','WORKMAN''S COMP.',1);
INSERT INTO "rate_type" VALUES('NO FAULT INS.','NO-FAULT AUTO ACC.',1);
INSERT INTO "rate_type" VALUES('TORT FEASOR','TORT FEASOR',1);
INSERT INTO "rate_type" VALUES('TRICARE REIMB. INS.','TRICARE THIRD PARTY',1);
INSERT INTO "rate_type" VALUES('CHAMPVA REIMB.INS.','CHAMPVA THIRD PARTY',1);
INSERT INTO "rate_type" VALUES('MEDICARE','MEDICARE',0);
INSERT INTO "rate_type" VALUES('MEDICAID','MEDICAID',0);
CREATE TABLE receipt (
	id INTEGER NOT NULL, 
	number TEXT NOT NULL, 
	payment_type VARCHAR(40) NOT NULL, 
	status VARCHAR(40) NOT NULL, 
	date DATE NOT NULL, 
	deposit_ticket_id INTEGER, 
	era_id INTEGER, 
	eft_id INTEGER, 
	for_deposit BOOLEAN NOT NULL, 
	opened_by INTEGER NOT NULL, 
	opened_at DATETIME NOT NULL, 
	edited_by INTEGER, 
	edited_at DATETIME, 
	processed_by INTEGER, 
	processed_at DATETIME, 
	process_key TEXT NOT NULL, 
	reversed_at DATETIME, 
	ach_trace TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_receipt PRIMARY KEY (id), 
	CONSTRAINT fk_receipt_deposit_ticket_id FOREIGN KEY(deposit_ticket_id) REFERENCES deposit_ticket (id), 
	CONSTRAINT fk_receipt_edited_by FOREIGN KEY(edited_by) REFERENCES users (id), 
	CONSTRAINT fk_receipt_eft_id FOREIGN KEY(eft_id) REFERENCES eft (id), 
	CONSTRAINT fk_receipt_era_id FOREIGN KEY(era_id) REFERENCES era (id), 
	CONSTRAINT fk_receipt_opened_by FOREIGN KEY(opened_by) REFERENCES users (id), 
	CONSTRAINT fk_receipt_processed_by FOREIGN KEY(processed_by) REFERENCES users (id), 
	CONSTRAINT uq_receipt_eft_id UNIQUE (eft_id), 
	CONSTRAINT uq_receipt_era_id UNIQUE (era_id), 
	CONSTRAINT uq_receipt_number UNIQUE (number), 
	CONSTRAINT uq_receipt_process_key UNIQUE (process_key)
);
INSERT INTO "receipt" VALUES(1,'E12072200','EDI LOCKBOX','CLOSED','2012-07-22',1,NULL,NULL,1,2,'2012-07-22 14:37:06.000000',NULL,NULL,2,'2012-07-22 14:37:06.000000','884146c8fd3ee94ab9e951884d7e1a6a',NULL,'',1);
INSERT INTO "receipt" VALUES(2,'E12072201','EDI LOCKBOX','CLOSED','2012-07-22',2,NULL,NULL,1,2,'2012-07-22 14:37:06.000000',NULL,NULL,2,'2012-07-22 14:37:06.000000','71f33c41d3a065949da151a1954e03cb',NULL,'',1);
INSERT INTO "receipt" VALUES(3,'E12072202','EDI LOCKBOX','CLOSED','2012-07-22',NULL,1,1,0,1,'2012-07-22 14:37:06.000000',NULL,NULL,1,'2012-07-22 14:37:06.000000','56f5c4a78fd95cd105a03f9201f6f46e',NULL,'999934610000001',2);
INSERT INTO "receipt" VALUES(4,'E12072203','EDI LOCKBOX','CLOSED','2012-07-22',3,NULL,NULL,1,2,'2012-07-22 14:37:06.000000',NULL,NULL,2,'2012-07-22 14:37:06.000000','92f05c590cb1988fd6e9ca66d59a53a8',NULL,'',1);
INSERT INTO "receipt" VALUES(5,'E12072204','EDI LOCKBOX','CLOSED','2012-07-22',4,NULL,NULL,1,2,'2012-07-22 14:37:06.000000',NULL,NULL,2,'2012-07-22 14:37:06.000000','d67f3682951c253a0bedf8c35458549f',NULL,'',1);
CREATE TABLE receipt_line (
	receipt_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	bill_id INTEGER, 
	eft_id INTEGER, 
	amount BIGINT NOT NULL, 
	processed BIGINT NOT NULL, 
	date DATE NOT NULL, 
	check_number TEXT NOT NULL, 
	check_date DATE, 
	bank_routing TEXT NOT NULL, 
	entered_by INTEGER NOT NULL, 
	edited_by INTEGER, 
	unapplied_number TEXT NOT NULL, 
	entry INTEGER, 
	line INTEGER, 
	comment TEXT NOT NULL, 
	cancelled BOOLEAN NOT NULL, 
	cancel_comment TEXT NOT NULL, 
	linked_bill_id INTEGER, 
	cleared_document TEXT NOT NULL, 
	CONSTRAINT pk_receipt_line PRIMARY KEY (receipt_id, number), 
	CONSTRAINT fk_receipt_line_bill_id FOREIGN KEY(bill_id) REFERENCES bill (id), 
	CONSTRAINT fk_receipt_line_edited_by FOREIGN KEY(edited_by) REFERENCES users (id), 
	CONSTRAINT fk_receipt_line_eft_id FOREIGN KEY(eft_id) REFERENCES eft (id), 
	CONSTRAINT fk_receipt_line_entered_by FOREIGN KEY(entered_by) REFERENCES users (id), 
	CONSTRAINT fk_receipt_line_linked_bill_id FOREIGN KEY(linked_bill_id) REFERENCES bill (id), 
	CONSTRAINT fk_receipt_line_receipt_id FOREIGN KEY(receipt_id) REFERENCES receipt (id)
)
 WITHOUT ROWID

;
INSERT INTO "receipt_line" VALUES(1,1,NULL,1,8000,8000,'2012-07-20','',NULL,'',2,NULL,'',NULL,NULL,'Auto added EDI Lockbox deposit',0,'',NULL,'');
INSERT INTO "receipt_line" VALUES(2,1,NULL,2,7000,7000,'2012-07-20','',NULL,'',2,NULL,'',NULL,NULL,'Auto added EDI Lockbox deposit',0,'',NULL,'');
INSERT INTO "receipt_line" VALUES(3,1,1,NULL,8000,8000,'2012-07-22','',NULL,'',1,NULL,'',1,1,'',0,'',NULL,'');
INSERT INTO "receipt_line" VALUES(4,1,NULL,3,5000,5000,'2026-11-23','',NULL,'',2,NULL,'',NULL,NULL,'Auto added EDI Lockbox deposit',0,'',NULL,'');
INSERT INTO "receipt_line" VALUES(4,2,NULL,4,700,700,'2026-11-23','',NULL,'',2,NULL,'',NULL,NULL,'Auto added EDI Lockbox deposit',0,'',NULL,'');
INSERT INTO "receipt_line" VALUES(4,3,NULL,5,900,900,'2026-11-23','',NULL,'',2,NULL,'',NULL,NULL,'Auto added EDI Lockbox deposit',0,'',NULL,'');
INSERT INTO "receipt_line" VALUES(5,1,NULL,6,1100,1100,'2026-11-23','',NULL,'',2,NULL,'',NULL,NULL,'Auto added EDI Lockbox deposit',0,'',NULL,'');
CREATE TABLE remark (
	era_id INTEGER NOT NULL, 
	eeob_sequence INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	qualifier TEXT NOT NULL, 
	code TEXT NOT NULL, 
	CONSTRAINT pk_remark PRIMARY KEY (era_id, eeob_sequence, line, number), 
	CONSTRAINT fk_remark_era_id_eeob_sequence FOREIGN KEY(era_id, eeob_sequence) REFERENCES eeob (era_id, sequence)
)
 WITHOUT ROWID

;
CREATE TABLE scratchpad (
	era_id INTEGER NOT NULL, 
	receipt_id INTEGER, 
	check_number TEXT NOT NULL, 
	check_date DATE, 
	bank_routing TEXT NOT NULL, 
	created_by INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_scratchpad PRIMARY KEY (era_id), 
	CONSTRAINT fk_scratchpad_created_by FOREIGN KEY(created_by) REFERENCES users (id), 
	CONSTRAINT fk_scratchpad_era_id FOREIGN KEY(era_id) REFERENCES era (id), 
	CONSTRAINT fk_scratchpad_receipt_id FOREIGN KEY(receipt_id) REFERENCES receipt (id), 
	CONSTRAINT uq_scratchpad_receipt_id UNIQUE (receipt_id)
);
INSERT INTO "scratchpad" VALUES(1,3,'',NULL,'',1,'2012-07-22 14:37:06.000000',2);
INSERT INTO "scratchpad" VALUES(3,NULL,'417','2012-07-20','',1,'2012-07-22 14:37:06.000000',1);
INSERT INTO "scratchpad" VALUES(4,NULL,'',NULL,'',1,'2012-07-22 14:37:06.000000',1);
CREATE TABLE scratchpad_entry (
	era_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	kind VARCHAR(40) NOT NULL, 
	claim TEXT NOT NULL, 
	sequences TEXT NOT NULL, 
	adjustment_number INTEGER NOT NULL, 
	verified BOOLEAN NOT NULL, 
	CONSTRAINT pk_scratchpad_entry PRIMARY KEY (era_id, number), 
	CONSTRAINT fk_scratchpad_entry_era_id FOREIGN KEY(era_id) REFERENCES scratchpad (era_id)
)
 WITHOUT ROWID

;
INSERT INTO "scratchpad_entry" VALUES(1,1,'CLAIM','K1','1',0,1);
INSERT INTO "scratchpad_entry" VALUES(3,1,'CLAIM','K3','1',0,1);
INSERT INTO "scratchpad_entry" VALUES(4,1,'CLAIM','K4','1',0,1);
CREATE TABLE scratchpad_line (
	era_id INTEGER NOT NULL, 
	entry INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	claim TEXT NOT NULL, 
	bill_id INTEGER, 
	payment BIGINT NOT NULL, 
	adjustments BIGINT NOT NULL, 
	comment TEXT NOT NULL, 
	edited_by INTEGER, 
	edited_at DATETIME, 
	CONSTRAINT pk_scratchpad_line PRIMARY KEY (era_id, entry, number), 
	CONSTRAINT fk_scratchpad_line_bill_id FOREIGN KEY(bill_id) REFERENCES bill (id), 
	CONSTRAINT fk_scratchpad_line_edited_by FOREIGN KEY(edited_by) REFERENCES users (id), 
	CONSTRAINT fk_scratchpad_line_era_id_entry FOREIGN KEY(era_id, entry) REFERENCES scratchpad_entry (era_id, number)
)
 WITHOUT ROWID

;
INSERT INTO "scratchpad_line" VALUES(1,1,1,'K1',1,8000,0,'',NULL,NULL);
INSERT INTO "scratchpad_line" VALUES(3,1,1,'K3',3,8000,0,'',NULL,NULL);
INSERT INTO "scratchpad_line" VALUES(4,1,1,'K4',4,0,0,'',NULL,NULL);
CREATE TABLE scratchpad_preference (
	era_id INTEGER NOT NULL, 
	user_id INTEGER NOT NULL, 
	payment_order VARCHAR(40) NOT NULL, 
	CONSTRAINT pk_scratchpad_preference PRIMARY KEY (era_id, user_id), 
	CONSTRAINT fk_scratchpad_preference_era_id FOREIGN KEY(era_id) REFERENCES era (id), 
	CONSTRAINT fk_scratchpad_preference_user_id FOREIGN KEY(user_id) REFERENCES users (id)
);
CREATE TABLE site (
	id INTEGER NOT NULL, 
	station TEXT NOT NULL, 
	name TEXT NOT NULL, 
	time_zone TEXT NOT NULL, 
	finance_adapter VARCHAR(40) NOT NULL, 
	wait_for_277ca BOOLEAN NOT NULL, 
	eft_aging_days INTEGER NOT NULL, 
	era_aging_days INTEGER NOT NULL, 
	demo BOOLEAN NOT NULL, 
	next_deposit INTEGER NOT NULL, 
	next_document INTEGER NOT NULL, 
	audit_head INTEGER NOT NULL, 
	audit_hash TEXT NOT NULL, 
	opened_at DATETIME NOT NULL, 
	CONSTRAINT pk_site PRIMARY KEY (id)
);
INSERT INTO "site" VALUES(1,'442','DEMO MEDICAL CENTER','UTC','journal',0,5,7,0,6,6,24,'afa6ba18812d5cb2f2ca95a77effecd65a5ba6412f2942b5003a6fe6327429d7','2012-07-22 14:37:06.000000');
CREATE TABLE transaction_set (
	id INTEGER NOT NULL, 
	message_id INTEGER NOT NULL, 
	ordinal INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	version TEXT NOT NULL, 
	control TEXT NOT NULL, 
	group_control TEXT NOT NULL, 
	interchange_control TEXT NOT NULL, 
	sender TEXT NOT NULL, 
	byte_offset INTEGER NOT NULL, 
	byte_length INTEGER NOT NULL, 
	fingerprint BLOB NOT NULL, 
	outcome VARCHAR(40) NOT NULL, 
	validation VARCHAR(40) NOT NULL, 
	CONSTRAINT pk_transaction_set PRIMARY KEY (id), 
	CONSTRAINT fk_transaction_set_message_id FOREIGN KEY(message_id) REFERENCES message (id)
);
INSERT INTO "transaction_set" VALUES(1,1,1,'837P','005010X222A1','0001','1','000000001','DEMOCLEARING',166,1833,X'8CBBAEBFC4ADD92DCB06432944FF2BBC','filed','queued');
INSERT INTO "transaction_set" VALUES(2,2,1,'835','005010X221A1','0001','1','000000001','DEMOCLEARING',166,608,X'ADB69D0B5EA05E8D7E65512568A4C6DA','filed','queued');
INSERT INTO "transaction_set" VALUES(3,4,1,'835','005010X221A1','0001','1','000000001','DEMOCLEARING',166,608,X'569D186C6EA948DFF915F8946E2480FA','filed','queued');
INSERT INTO "transaction_set" VALUES(4,6,1,'835','005010X221A1','0001','1','000000001','DEMOCLEARING',166,551,X'7533A56D4269182C8F3B6966A57D243D','filed','queued');
INSERT INTO "transaction_set" VALUES(5,7,1,'835','005010X221A1','0001','1','000000001','DEMOCLEARING',166,538,X'707AA6518F7D3B93AEA21EE7ABFE1F94','filed','queued');
INSERT INTO "transaction_set" VALUES(6,8,1,'835','005010X221A1','0001','1','000000001','DEMOCLEARING',166,608,X'A6365AD144BAEA141E01A651C4904771','filed','queued');
CREATE TABLE transmission_exception (
	id INTEGER NOT NULL, 
	transaction_set_id INTEGER NOT NULL, 
	category VARCHAR(40) NOT NULL, 
	text TEXT NOT NULL, 
	payer_name TEXT NOT NULL, 
	payer_id TEXT NOT NULL, 
	trace TEXT NOT NULL, 
	date DATE, 
	total TEXT NOT NULL, 
	bills TEXT NOT NULL, 
	received_at DATETIME NOT NULL, 
	resolved_at DATETIME, 
	CONSTRAINT pk_transmission_exception PRIMARY KEY (id), 
	CONSTRAINT fk_transmission_exception_transaction_set_id FOREIGN KEY(transaction_set_id) REFERENCES transaction_set (id), 
	CONSTRAINT uq_transmission_exception_transaction_set_id UNIQUE (transaction_set_id)
);
CREATE TABLE user_key (
	user_id INTEGER NOT NULL, 
	"key" VARCHAR(40) NOT NULL, 
	given_by TEXT NOT NULL, 
	given_at DATETIME NOT NULL, 
	CONSTRAINT pk_user_key PRIMARY KEY (user_id, "key"), 
	CONSTRAINT fk_user_key_user_id FOREIGN KEY(user_id) REFERENCES users (id)
);
INSERT INTO "user_key" VALUES(1,'LOCKBOX CLERK','init','2012-07-22 14:37:06.000000');
INSERT INTO "user_key" VALUES(1,'LOCKBOX MANAGER','init','2012-07-22 14:37:06.000000');
INSERT INTO "user_key" VALUES(1,'PRCADJ','init','2012-07-22 14:37:06.000000');
INSERT INTO "user_key" VALUES(1,'PRCA ERA BATCH MAINT','init','2012-07-22 14:37:06.000000');
INSERT INTO "user_key" VALUES(1,'PRCA EDI LOCKBOX CHARGES','init','2012-07-22 14:37:06.000000');
INSERT INTO "user_key" VALUES(1,'RCDPE MARK ERA','init','2012-07-22 14:37:06.000000');
INSERT INTO "user_key" VALUES(1,'RCDPE REMOVE DUPLICATES','init','2012-07-22 14:37:06.000000');
INSERT INTO "user_key" VALUES(1,'PRCAY PAYMENT SUP','init','2012-07-22 14:37:06.000000');
INSERT INTO "user_key" VALUES(2,'LOCKBOX CLERK','init','2012-07-22 14:37:06.000000');
CREATE TABLE user_preference (
	user_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_user_preference PRIMARY KEY (user_id, name), 
	CONSTRAINT fk_user_preference_user_id FOREIGN KEY(user_id) REFERENCES users (id)
);
CREATE TABLE users (
	id INTEGER NOT NULL, 
	login TEXT NOT NULL, 
	name TEXT NOT NULL, 
	active BOOLEAN NOT NULL, 
	system BOOLEAN NOT NULL, 
	added_at DATETIME NOT NULL, 
	CONSTRAINT pk_users PRIMARY KEY (id), 
	CONSTRAINT uq_users_login UNIQUE (login)
);
INSERT INTO "users" VALUES(1,'clerk','CLERK',1,0,'2012-07-22 14:37:06.000000');
INSERT INTO "users" VALUES(2,'*nightly','EDILOCKBOX,AUTOMATIC',1,1,'2012-07-22 14:37:06.000000');
CREATE INDEX ix_patient_name ON patient (name);
CREATE INDEX ix_transaction_set_fingerprint ON transaction_set (fingerprint);
CREATE INDEX ix_transaction_set_message_id ON transaction_set (message_id);
CREATE INDEX ix_transaction_set_validation ON transaction_set (validation);
CREATE INDEX ix_bill_folded ON bill (folded);
CREATE INDEX ix_bill_status_id ON bill (status, id);
CREATE INDEX ix_era_date_id ON era (date, id);
CREATE INDEX ix_era_match ON era (trace_key, payer_key, match_status);
CREATE INDEX ix_era_match_status ON era (match_status);
CREATE INDEX ix_era_payer_name_id ON era (payer_name, id);
CREATE INDEX ix_era_post_status_received_at_id ON era (post_status, received_at, id);
CREATE INDEX ix_era_received ON era (received);
CREATE INDEX ix_era_received_at_id ON era (received_at, id);
CREATE INDEX ix_era_total_id ON era (total, id);
CREATE INDEX ix_finding_message_id ON finding (message_id);
CREATE INDEX ix_finding_transaction_set_id ON finding (transaction_set_id);
CREATE INDEX ix_eeob_bill_id ON eeob (bill_id);
CREATE INDEX ix_eeob_fingerprint ON eeob (fingerprint);
CREATE INDEX ix_eft_deposit_id ON eft (deposit_id);
CREATE INDEX ix_eft_match ON eft (match_status, trace_key, payer_key);
CREATE INDEX ix_receipt_status_id ON receipt (status, id);
CREATE INDEX ix_bill_transaction_bill_id_id ON bill_transaction (bill_id, id);
CREATE INDEX ix_bill_transaction_receipt_id ON bill_transaction (receipt_id);
CREATE INDEX ix_journal_entry_date ON journal_entry (date);
CREATE INDEX ix_journal_entry_receipt_id ON journal_entry (receipt_id);
CREATE INDEX ix_receipt_line_bill_id ON receipt_line (bill_id);
CREATE INDEX ix_journal_line_account_bill_id ON journal_line (account, bill_id);
CREATE INDEX ix_journal_line_account_eft_id ON journal_line (account, eft_id);
CREATE INDEX ix_scratchpad_line_bill_id ON scratchpad_line (bill_id);
CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END;
CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END;
CREATE TRIGGER journal_entry_no_update BEFORE UPDATE ON journal_entry BEGIN SELECT RAISE(ABORT, 'journal_entry is append-only'); END;
CREATE TRIGGER journal_entry_no_delete BEFORE DELETE ON journal_entry BEGIN SELECT RAISE(ABORT, 'journal_entry is append-only'); END;
CREATE TRIGGER journal_line_no_update BEFORE UPDATE ON journal_line BEGIN SELECT RAISE(ABORT, 'journal_line is append-only'); END;
CREATE TRIGGER journal_line_no_delete BEFORE DELETE ON journal_line BEGIN SELECT RAISE(ABORT, 'journal_line is append-only'); END;
CREATE TRIGGER bill_transaction_no_update BEFORE UPDATE ON bill_transaction BEGIN SELECT RAISE(ABORT, 'bill_transaction is append-only'); END;
CREATE TRIGGER bill_transaction_no_delete BEFORE DELETE ON bill_transaction BEGIN SELECT RAISE(ABORT, 'bill_transaction is append-only'); END;
CREATE TRIGGER money_act_no_update BEFORE UPDATE ON money_act BEGIN SELECT RAISE(ABORT, 'money_act is append-only'); END;
CREATE TRIGGER money_act_no_delete BEFORE DELETE ON money_act BEGIN SELECT RAISE(ABORT, 'money_act is append-only'); END;
CREATE INDEX ix_kept_acknowledgement_folded ON kept_acknowledgement (folded);
COMMIT;
