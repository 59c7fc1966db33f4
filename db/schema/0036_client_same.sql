-- The records of one person: for each that was joined, all of them, itself included.
CREATE VIEW client_same AS
SELECT own.client_no, k.client_no AS same_no FROM client_link own JOIN client_link k ON k.one_no = own.one_no;
