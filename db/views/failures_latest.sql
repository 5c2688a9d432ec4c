-- The last failure of each input that has not come in since.
SELECT
    failures.id AS failure_id,
    failures.input AS input,
    failures.stage AS stage,
    failures.reason AS reason,
    failures.remedy AS remedy,
    failures.at AS at,
    runs.command AS command,
    (SELECT count(*) FROM failures AS others WHERE others.input = failures.input) AS times
FROM failures
LEFT JOIN runs ON runs.id = failures.run_id
WHERE failures.id = (SELECT max(others.id) FROM failures AS others WHERE others.input = failures.input)
    AND NOT EXISTS (
        SELECT 1 FROM snapshots JOIN documents ON documents.id = snapshots.document_id
        WHERE snapshots.input = failures.input AND documents.last_checked > failures.at
    )
