-- Every claim with the names in place of the ids.
SELECT
    claims.id AS claim_id,
    claims.kind AS kind,
    claims.quote AS quote,
    claims.figure_text AS figure,
    subjects.name AS subject,
    speakers.name AS speaker,
    origins.name AS origin,
    claims.stance AS stance,
    claims.as_of AS as_of,
    claims.sourcing AS sourcing,
    claims.workflow AS workflow,
    claims.verdict AS verdict,
    claims.state AS state,
    documents.id AS document_id,
    documents.label AS document,
    documents.kind AS document_kind,
    outlets.name AS outlet,
    claims.published AS published,
    claims.year AS year,
    documents.url AS url,
    claims.key AS "key"
FROM claims
LEFT JOIN documents ON documents.id = claims.document_id
LEFT JOIN outlets ON outlets.id = claims.outlet_id
LEFT JOIN parties AS subjects ON subjects.id = claims.subject_id
LEFT JOIN parties AS speakers ON speakers.id = claims.speaker_id
LEFT JOIN parties AS origins ON origins.id = claims.origin_id
