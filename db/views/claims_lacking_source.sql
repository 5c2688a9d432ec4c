-- The fact-checker's queue: claims that rest on nothing, or on somebody unnamed, and for which
-- nobody has attached a source that supports them.
SELECT
    claims.id AS claim_id,
    claims.weight AS weight,
    claims.kind AS kind,
    claims.quote AS quote,
    claims.figure_text AS figure,
    subjects.name AS subject,
    speakers.name AS speaker,
    origins.name AS origin,
    documents.label AS document,
    documents.published AS published,
    CASE
        WHEN claims.sourcing_reason <> '' THEN claims.sourcing_reason
        WHEN claims.sourcing = 'anonymous' THEN 'its source is not named'
        ELSE 'no source is given'
    END AS why,
    claims.sourcing AS sourcing,
    claims.workflow AS workflow
FROM claims
LEFT JOIN documents ON documents.id = claims.document_id
LEFT JOIN parties AS subjects ON subjects.id = claims.subject_id
LEFT JOIN parties AS speakers ON speakers.id = claims.speaker_id
LEFT JOIN parties AS origins ON origins.id = claims.origin_id
WHERE claims.sourcing IN ('none', 'anonymous') AND claims.state = 'present'
    AND claims.workflow <> 'rejected' AND claims.is_backed = 0
