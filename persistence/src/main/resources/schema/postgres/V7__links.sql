-- What other legs of a call are found by: tokens of what its messages say (Session-IDs, Call-IDs
-- they name, media addresses), between line ends. Rows written before have none until the index is
-- built anew.
alter table dialog_index add column links text not null default '';
