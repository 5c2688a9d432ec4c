-- Every document with its outlet, how many claims it makes, and how many of them lack a source.
SELECT
    documents.id AS document_id,
    documents.label AS document,
    documents.kind AS kind,
    outlets.name AS outlet,
    documents.published AS published,
    (
        SELECT count(*) FROM claims
        WHERE claims.document_id = documents.id AND claims.state = 'present'
    ) AS claims,
    (
        SELECT count(*) FROM claims
        WHERE claims.document_id = documents.id
            AND claims.sourcing IN ('none', 'anonymous') AND claims.state = 'present'
            AND claims.workflow <> 'rejected' AND claims.is_backed = 0
    ) AS lacking_source,
    (SELECT count(*) FROM snapshots WHERE snapshots.document_id = documents.id) AS snapshots,
    documents.first_seen AS first_seen,
    documents.last_checked AS last_checked,
    documents.url AS url
FROM documents
LEFT JOIN outlets ON outlets.id = documents.outlet_id
