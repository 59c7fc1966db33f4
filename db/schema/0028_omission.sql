-- Who was assessed for housing and is not on the list: a row of status 0, and why (domain/omission.h).

ALTER TABLE listing ADD COLUMN omitted {int} NOT NULL DEFAULT 0; -- domain/omission.h; 0: nothing is left out
ALTER TABLE listing ADD COLUMN assessed {int};  -- day of the newest assessment, of who is left out
ALTER TABLE listing ADD COLUMN assessor {int};  -- number of the project it was made in
