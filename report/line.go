// Package report writes and reads the files that a run leaves: the results file and its journal, the record of a run,
// the plan of a dry run, the undo file and the export. It counts results, and knows how to resume a run from its files.
// It doesn't know about terminals.
//
// During a run each result is appended to the journal ([Journal]), in the order in which rows finish. At the end
// [Finish] writes the results file from it, in the order of the sheet. A run that ended early leaves the journal, and
// [ReadPreviousRun] reads it for the run that resumes it.
package report

import (
	"bytes"
	"strconv"
	"strings"
	"time"

	"github.com/gocarina/gocsv"

	"razebulk/batch"
	"razebulk/internal/crm"
	"razebulk/internal/lazyregexp"
	"razebulk/internal/reason"
	"razebulk/internal/words"
)

// Words returns the text of a reason, for the user of the command that runs.
type Words func(reason.Reason) string

// all returns the text of several reasons.
func (w Words) all(reasons []reason.Reason) string {
	texts := make([]string, len(reasons))
	for i, r := range reasons {
		texts[i] = w(r)
	}
	return oneLine(strings.Join(texts, "; "))
}

// line is a row's result as it appears in the results file: all fields are strings, which gocsv writes in half the time
// of other types.
type line struct {
	Row        string `csv:"row"`
	ID         string `csv:"id"`
	Status     string `csv:"status"`
	Message    string `csv:"message"`
	Sent       string `csv:"fields_sent"`
	NotApplied string `csv:"fields_not_applied"`
	Unverified string `csv:"fields_unverified"`
	HTTPStatus string `csv:"http_status"`
	Attempts   string `csv:"attempts"`
	Line       string `csv:"line"`
	FinishedAt string `csv:"finished_at"`
	Reason     string `csv:"reason"`
}

// lineOf returns the line of a result; sent is the text of the fields that were sent.
func lineOf(r batch.Result, sent string, words Words) line {
	return line{
		Row: strconv.Itoa(r.Row), ID: forPeople(unbroken(r.ID)), Status: forPeople(string(r.Status)), Message: forPeople(words.all(r.Reasons)),
		Sent: sent, NotApplied: joined(r.NotApplied), Unverified: joined(r.Unverified),
		HTTPStatus: optional(r.HTTPStatus), Attempts: strconv.Itoa(r.Attempts), Line: strconv.Itoa(r.Line),
		FinishedAt: r.FinishedAt.UTC().Format(time.RFC3339), Reason: joined(r.Codes()),
	}
}

func joined(words []string) string { return forPeople(strings.Join(words, " ")) }

// oneLine puts a message on one line, so that readers without a CSV parser (grep, cron) can follow.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

var lineBreaks = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ")

// unbroken puts an id on one line, too; an id that was not sent may contain anything.
func unbroken(id string) string {
	if !strings.ContainsAny(id, "\r\n") { // as in every id that is sent
		return id
	}
	return lineBreaks.Replace(id)
}

// Cells returns the outcome for a file that a spreadsheet opens: the status and the message, neither of which is a
// formula.
func (o Outcome) Cells() []string {
	return []string{forPeople(string(o.Status)), forPeople(o.Message)}
}

// forPeople escapes untrusted text for files that people look at and that are never sent: results, journal, plan, the
// messages of failed rows. It keeps terminals from interpreting the text, and spreadsheets from treating it as a
// formula.
func forPeople(text string) string { return escape(words.VisibleCell(text)) }

// plainNumber matches what a spreadsheet reads as a number, so that a plus or minus before it does no harm.
var plainNumber = lazyregexp.New(`^[+-]?[0-9]+([.,][0-9]+)?$`)

// escape is [crm.EscapeFormula], except for plain numbers: people calculate with those in a results file or a plan,
// which are never sent.
func escape(text string) string {
	escaped := crm.EscapeFormula(text)
	if escaped != text && plainNumber.MatchString(text) {
		return text
	}
	return escaped
}

// optional returns a number as text; 0 means that there is none.
func optional(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// encoder turns structs with csv tags into lines. The bytes are valid until the next call.
type encoder struct {
	buffer bytes.Buffer
	writer *gocsv.SafeCSVWriter
}

func newEncoder(d Dialect) *encoder {
	e := &encoder{}
	e.writer = gocsv.NewSafeCSVWriter(d.newWriter(&e.buffer))
	return e
}

func (e *encoder) lines(lines any) ([]byte, error) {
	e.buffer.Reset()
	err := gocsv.MarshalCSVWithoutHeaders(lines, e.writer)
	return e.buffer.Bytes(), err
}
