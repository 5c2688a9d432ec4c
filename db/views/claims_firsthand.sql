-- Claims of somebody about the acts or results of their own organisation, which nobody else has verified.
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
    coalesce(nullif(claims.sourcing_reason, ''), 'the speaker tells of their own organisation') AS why,
    claims.workflow AS workflow
FROM claims
LEFT JOIN documents ON documents.id = claims.document_id
LEFT JOIN parties AS subjects ON subjects.id = claims.subject_id
LEFT JOIN parties AS speakers ON speakers.id = claims.speaker_id
LEFT JOIN parties AS origins ON origins.id = claims.origin_id
WHERE claims.sourcing IN ('firsthand') AND claims.state = 'present'
    AND claims.workflow <> 'rejected' AND claims.is_backed = 0
