// Package report says what became of the rows: the results file and its journal, the file of failed rows, the plan of
// a dry run, the summary and the progress.
package report

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/gocarina/gocsv"

	"razebulk/batch"
	"razebulk/internal/reason"
	"razebulk/internal/words"
)

// utf8BOM lets Excel read accents; without it Excel takes a CSV file for the local code page.
const utf8BOM = "\xef\xbb\xbf"

// line is a row's result as it stands in the results file.
type line struct {
	Row        int      `csv:"row"`
	ID         cell     `csv:"id"`
	Status     cell     `csv:"status"`
	Message    cell     `csv:"message"`
	Sent       cell     `csv:"fields_sent"`
	NotApplied cell     `csv:"fields_not_applied"`
	Unverified cell     `csv:"fields_unverified"`
	HTTPStatus optional `csv:"http_status"`
	Attempts   int      `csv:"attempts"`
	Line       int      `csv:"line"`
	FinishedAt string   `csv:"finished_at"`
}

func lineOf(r batch.Result) line {
	return line{
		Row: r.Row, ID: cell(unbroken(r.ID)), Status: cell(r.Status), Message: cell(oneLine(inWords(r.Reasons))),
		Sent: joined(r.Sent), NotApplied: joined(r.NotApplied), Unverified: joined(r.Unverified),
		HTTPStatus: optional(r.HTTPStatus), Attempts: r.Attempts, Line: r.Line,
		FinishedAt: r.FinishedAt.UTC().Format(time.RFC3339),
	}
}

func inWords(reasons []reason.Reason) string {
	return reason.Reasons(reasons).Worded(words.For(nil).Text)
}

func joined(fields []string) cell { return cell(strings.Join(fields, " ")) }

// oneLine keeps a message to one line, so that a reader without a CSV parser (grep, cron) can follow.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

var lineBreaks = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ")

// unbroken keeps an id, which may hold anything as long as it was not sent, to one line as well.
func unbroken(id string) string { return lineBreaks.Replace(id) }

// Cells are the outcome as it stands in a file that a spreadsheet opens: the status and the message, neither of which is a formula.
func (o Outcome) Cells() []string {
	return []string{inert(string(o.Status)), inert(o.Message)}
}

// cell is a text that a spreadsheet must not take for a formula.
type cell string

// plainlyNumber is what a spreadsheet reads as a number, so that a leading sign does no harm.
var plainlyNumber = regexp.MustCompile(`^[+-]?[0-9]+([.,][0-9]+)?$`)

// MarshalCSV implements gocsv's TypeMarshaller.
func (c cell) MarshalCSV() (string, error) { return inert(string(c)), nil }

// inert puts a ' in front of what Excel, LibreOffice and Google Sheets would run: a cell that begins with one of these signs, see
// OWASP's page on CSV injection. So that it can be undone, it does the same where the sign already has some in front of it.
func inert(text string) string {
	if isActive(text) && !plainlyNumber.MatchString(text) {
		return "'" + text
	}
	return text
}

// uninert undoes inert. csvmap does the same with every sheet.
func uninert(text string) string {
	if isActive(text) {
		return strings.TrimPrefix(text, "'")
	}
	return text
}

func isActive(text string) bool {
	rest := strings.TrimLeft(text, "'")
	return rest != "" && strings.IndexByte("=+-@\t\r", rest[0]) >= 0
}

// optional is a number of which 0 says that there is none.
type optional int

// MarshalCSV implements gocsv's TypeMarshaller.
func (n optional) MarshalCSV() (string, error) {
	if n == 0 {
		return "", nil
	}
	return strconv.Itoa(int(n)), nil
}

// Dialect is how a file of ours is written, so that it opens in the spreadsheet program that wrote the input: commas and line feeds
// unless it says otherwise.
type Dialect struct {
	Delimiter rune
	CRLF      bool
}

// encoder turns structs with csv tags into lines. The bytes are good until the next call.
type encoder struct {
	buffer bytes.Buffer
	writer *gocsv.SafeCSVWriter
}

func newEncoder(d Dialect) *encoder {
	e := &encoder{}
	w := csv.NewWriter(&e.buffer)
	w.Comma = cmp.Or(d.Delimiter, ',')
	w.UseCRLF = d.CRLF
	e.writer = gocsv.NewSafeCSVWriter(w)
	return e
}

// header is the byte order mark and the header line; lines must be an empty slice of the struct.
func (e *encoder) header(lines any) ([]byte, error) {
	e.buffer.Reset()
	e.buffer.WriteString(utf8BOM)
	err := gocsv.MarshalCSV(lines, e.writer)
	return e.buffer.Bytes(), err
}

func (e *encoder) lines(lines any) ([]byte, error) {
	e.buffer.Reset()
	err := gocsv.MarshalCSVWithoutHeaders(lines, e.writer)
	return e.buffer.Bytes(), err
}
