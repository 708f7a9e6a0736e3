// Package batch decides which row is sent, what of it, and how often. It gives every row exactly one [Result].
//
// A row's way through the program:
//
//  1. csvmap.Inspect detects how the sheet is read, and csvmap.Sheet.Rows reads it, row by row.
//  2. [PlanRow] decides about the row alone: it is invalid, it is empty, or it has fields to send.
//  3. [SurveyRows] plans all rows before the first is sent, so that a run can say what it will do. [Survey.Against]
//     does it again with what is known of the opportunities.
//  4. [Run] hands the rows to its workers, those of one id one after the other.
//  5. The worker compares the row with what is known ([Known]): what the ledger holds from earlier runs, and what
//     [Reader.ReadCurrent] has read. The outcome is one list of decisions, one for each field ([Decision]): send it,
//     skip it, or leave it as somebody has changed it since. Everything else is derived from that list: the body of
//     the request, the lines of the undo file, the preview, the plan, the notes of the ledger.
//  6. The ledger forgets the fields that are about to change, and the undo file records what they held.
//  7. [pace.Pacer] lets each request go, [getraze.Client] makes one attempt, and a pure function (next, in state.go)
//     decides by what came of it: the row is finished, tried again now or later, or put off to the end of the run.
//  8. Answer.Verify compares the answer with what was sent.
//  9. One goroutine records the result: the caller writes it to the journal, and the ledger notes what was stored.
//
// Reading the CRM has a driver of its own, [Reader], over the same pacer and the same rules for further attempts.
package batch
