-- Claims that name their source without saying where it is to be found.
SELECT
    claims.id AS claim_id,
    claims.weight AS weight,
    claims.kind AS kind,
    claims.quote AS quote,
    claims.figure_text AS figure,
    subjects.name AS subject,
    speakers.name AS speaker,
    origins.name AS origin,
    (
        SELECT group_concat(coalesce(evidence.name, sources.title), '; ')
        FROM evidence JOIN sources ON sources.id = evidence.source_id
        -- The plus keeps SQLite from reading all named evidence for each claim.
        WHERE evidence.claim_id = claims.id AND +evidence.how = 'named'
    ) AS named_source,
    documents.label AS document,
    documents.published AS published,
    coalesce(nullif(claims.sourcing_reason, ''), 'a source is named, but not linked') AS why,
    claims.workflow AS workflow
FROM claims
LEFT JOIN documents ON documents.id = claims.document_id
LEFT JOIN parties AS subjects ON subjects.id = claims.subject_id
LEFT JOIN parties AS speakers ON speakers.id = claims.speaker_id
LEFT JOIN parties AS origins ON origins.id = claims.origin_id
WHERE claims.sourcing IN ('named') AND claims.state = 'present'
    AND claims.workflow <> 'rejected' AND claims.is_backed = 0
