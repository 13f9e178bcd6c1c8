-- What was learnt stands in a file beside the database, since it can always be learnt again.
DROP TABLE trained;

-- What is asked for by age, by person or by team is found without reading all the rest, however many years there are.
CREATE INDEX delivery_by_time ON delivery (at);
CREATE INDEX delivery_to_let_go ON delivery (at) WHERE private OR person <> '';
CREATE INDEX delivery_by_team ON delivery (platform, team);
CREATE INDEX feedback_by_person ON feedback (person);
