// Package report says what became of the rows: the results file and its journal, the file of failed rows, the plan of
// a dry run, the summary and the progress.
package report

import (
	"bytes"
	"encoding/csv"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/gocarina/gocsv"

	"razebulk/batch"
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
		Row: r.Row, ID: cell(unbroken(r.ID)), Status: cell(r.Status), Message: cell(oneLine(r.Message)),
		Sent: joined(r.Sent), NotApplied: joined(r.NotApplied), Unverified: joined(r.Unverified),
		HTTPStatus: optional(r.HTTPStatus), Attempts: r.Attempts, Line: r.Line,
		FinishedAt: r.FinishedAt.UTC().Format(time.RFC3339),
	}
}

func joined(fields []string) cell { return cell(strings.Join(fields, " ")) }

// oneLine keeps a message to one line, so that a reader without a CSV parser (grep, cron) can follow.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

var lineBreaks = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ")

// unbroken keeps an id, which may hold anything as long as it was not sent, to one line as well.
func unbroken(id string) string { return lineBreaks.Replace(id) }

// cell is a text that a spreadsheet must not take for a formula.
type cell string

// plainlyNumber is what a spreadsheet reads as a number, so that a leading sign does no harm.
var plainlyNumber = regexp.MustCompile(`^[+-]?[0-9]+([.,][0-9]+)?$`)

// MarshalCSV implements gocsv's TypeMarshaller. Excel, LibreOffice and Google Sheets run a cell that begins with one of
// these signs, see OWASP's page on CSV injection.
func (c cell) MarshalCSV() (string, error) {
	if c != "" && strings.ContainsRune("=+-@\t\r", rune(c[0])) && !plainlyNumber.MatchString(string(c)) {
		return "'" + string(c), nil
	}
	return string(c), nil
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

// encoder turns structs with csv tags into lines. The bytes are good until the next call.
type encoder struct {
	buffer bytes.Buffer
	writer *gocsv.SafeCSVWriter
}

func newEncoder() *encoder {
	e := &encoder{}
	e.writer = gocsv.NewSafeCSVWriter(csv.NewWriter(&e.buffer))
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
