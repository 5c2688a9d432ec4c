-- The figures of the present claims, one a row, beside the claims that state them.
SELECT
    claims.id AS claim_id,
    claims.quote AS quote,
    claims.kind AS kind,
    figures.text AS figure,
    figures.comparator AS comparator,
    figures.value AS value,
    figures.low AS low,
    figures.high AS high,
    figures.unit AS unit,
    figures.dimension AS dimension,
    subjects.name AS subject,
    speakers.name AS speaker,
    outlets.name AS outlet,
    claims.sourcing AS sourcing,
    claims.workflow AS workflow,
    claims.verdict AS verdict,
    claims.published AS published,
    documents.id AS document_id,
    documents.label AS document
FROM figures
JOIN claims ON claims.id = figures.claim_id
LEFT JOIN documents ON documents.id = claims.document_id
LEFT JOIN outlets ON outlets.id = claims.outlet_id
LEFT JOIN parties AS subjects ON subjects.id = claims.subject_id
LEFT JOIN parties AS speakers ON speakers.id = claims.speaker_id
-- The plus keeps SQLite from reading and sorting all present claims where the index of the values has the order.
WHERE +claims.state = 'present'
