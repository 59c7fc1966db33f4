-- Who somebody is at the provider of single sign-on.

-- name: identity_user one
-- Whose account this is.
-- in:  issuer text, subject text
-- out: user_id text, password text, disabled_at instant?
SELECT u.id AS user_id, u.password, u.disabled_at
FROM identity i JOIN app_user u ON u.id = i.user_id
WHERE i.issuer = :issuer AND i.subject = :subject;

-- name: identity_of one
-- Whether an account is connected with anybody there.
-- in:  user_id text, issuer text
-- out: linked_at instant
SELECT linked_at FROM identity WHERE user_id = :user_id AND issuer = :issuer;

-- name: identity_add exec
-- Connects an account.
-- in: issuer text, subject text, user_id text, now instant
INSERT INTO identity (issuer, subject, user_id, linked_at) VALUES (:issuer, :subject, :user_id, :now);

-- name: identity_remove count
-- And parts it.
-- in: user_id text, issuer text
DELETE FROM identity WHERE user_id = :user_id AND issuer = :issuer;

-- name: identity_remove_all count
-- Parts it from whoever it is connected with.
-- in: user_id text
DELETE FROM identity WHERE user_id = :user_id;
