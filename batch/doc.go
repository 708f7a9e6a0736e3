// Package batch decides which rows are sent, what is sent of each, and how often. It gives every row exactly one
// [Result].
//
// Each row passes through these steps:
//
//  1. csvmap.Inspect detects how to read the sheet, and csvmap.Sheet.Rows reads it, row by row.
//  2. [PlanRow] checks the row alone: it is invalid, is empty, or has fields to send.
//  3. [SurveyRows] plans all rows before the first is sent, so that a run can say what it will do. [Survey.Against]
//     repeats this with what is known about the opportunities.
//  4. [Run] passes the rows to its workers, those with the same id one after another.
//  5. The worker compares the row with what is known ([Known]): what the ledger holds from earlier runs, and what
//     [Reader.ReadCurrent] has read. The result is a list with one decision for each field ([Decision]): send it, skip
//     it, or leave it because somebody has changed it since. Everything else is derived from that list: the body of
//     the request, the lines of the undo file, the preview, the plan, the notes of the ledger.
//  6. The ledger forgets the fields that are about to change, and the undo file records their values.
//  7. [pace.Pacer] admits each request, [getraze.Client] makes one attempt, and a pure function (next, in package
//     attempt) decides from the result: the row is finished, retried now or later, or put off to the end of the run.
//  8. Answer.Verify compares the answer with what was sent.
//  9. One goroutine records the result: the caller writes it to the journal, and the ledger notes what was stored.
//
// Reading the CRM has a separate driver, [Reader], with the same pacer and the same retry rules.
package batch
