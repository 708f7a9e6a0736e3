package report

import (
	"cmp"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"razebulk/batch"
	"razebulk/internal/crm"
	"razebulk/internal/files"
	"razebulk/internal/reason"
)

// IsBook reports whether a results file or a plan with this name is a workbook; otherwise it is a CSV file. A journal
// is always a CSV file.
func IsBook(path string) bool { return strings.EqualFold(filepath.Ext(path), ".xlsx") }

// MaxBookRows is how many rows a workbook can have below its header.
const MaxBookRows = excelize.TotalRows - 1

// bookSheet is the name of the sheet in our workbooks.
const bookSheet = "Results"

// numberColumns are the columns that a workbook holds as numbers.
var numberColumns = []string{"row", "http_status", "attempts", "line"}

// asBook makes a workbook for path from the lines of a CSV file in this dialect, and discards the CSV file.
func asBook(ctx context.Context, path string, lines *files.File, d Dialect) (*files.File, error) {
	defer lines.Discard()
	if _, err := lines.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	book, err := files.Create(path)
	if err != nil {
		return nil, err
	}
	if err := writeBook(ctx, book, lines, d); err != nil {
		book.Discard()
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return book, nil
}

func writeBook(ctx context.Context, out io.Writer, lines io.Reader, d Dialect) (err error) {
	book := excelize.NewFile()
	defer func() { err = errors.Join(err, book.Close()) }()
	if err := book.SetSheetName(book.GetSheetName(0), bookSheet); err != nil {
		return err
	}
	stream, err := book.NewStreamWriter(bookSheet)
	if err != nil {
		return err
	}
	records := csv.NewReader(lines)
	records.Comma, records.ReuseRecord = d.delimiter(), true
	var header []string
	for row := 1; ; row++ {
		cells, err := records.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		err = cmp.Or(err, context.Cause(ctx))
		if err == nil && header == nil {
			cells[0] = strings.TrimPrefix(cells[0], utf8BOM)
			header = slices.Clone(cells)
			err = layOut(stream, header)
		}
		if err == nil {
			err = stream.SetRow("A"+strconv.Itoa(row), bookCells(header, cells))
		}
		if err != nil {
			return err
		}
	}
	if err := stream.Flush(); err != nil {
		return err
	}
	_, err = book.WriteTo(files.WriterUntil(ctx, out))
	return err
}

// layOut makes room for ids and messages, and keeps the header visible.
func layOut(stream *excelize.StreamWriter, header []string) error {
	var failed []error
	for i, name := range header {
		switch name {
		case "id":
			failed = append(failed, stream.SetColWidth(i+1, i+1, 38))
		case "message", "current", "new":
			failed = append(failed, stream.SetColWidth(i+1, i+1, 60))
		case "status", "field", "fields_sent", "finished_at", "reason":
			failed = append(failed, stream.SetColWidth(i+1, i+1, 22))
		}
	}
	failed = append(failed, stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}))
	return errors.Join(failed...)
}

// bookCells returns the cells of a line. A text cell of a workbook is never a formula, so none needs an apostrophe.
func bookCells(header, cells []string) []any {
	values := make([]any, len(cells))
	for i, text := range cells {
		number, err := strconv.Atoi(text)
		switch {
		case text == "":
		case err == nil && slices.Contains(numberColumns, header[i]):
			values[i] = number
		default:
			values[i] = crm.UnescapeFormula(text)
		}
	}
	return values
}

// ReadResults reads the results file at this path in file order, as [Outcomes] does. The file must be closed.
func ReadResults(path string, d Dialect) (outcomes iter.Seq2[Outcome, error], closeFile func() error, err error) {
	if IsBook(path) {
		return readBook(path)
	}
	file, err := files.OpenFile(path, os.O_RDONLY)
	if err != nil {
		return nil, nil, err
	}
	return Outcomes(file, d), file.Close, nil
}

func readBook(path string) (outcomes iter.Seq2[Outcome, error], closeFile func() error, err error) {
	book, err := excelize.OpenFile(path)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", path, err)
	}
	rows, err := book.Rows(bookSheet)
	if err != nil {
		return nil, nil, errors.Join(fmt.Errorf("%s: %w", path, err), book.Close())
	}
	rows.Next()
	_, err = rows.Columns() // the header
	return func(yield func(Outcome, error) bool) {
		for err == nil && rows.Next() {
			var o Outcome
			if o, err = bookOutcome(rows); err == nil && !yield(o, nil) {
				return
			}
		}
		if err = errors.Join(err, rows.Error()); err != nil {
			yield(Outcome{}, fmt.Errorf("%s: %w", path, err))
		}
	}, func() error { return errors.Join(rows.Close(), book.Close()) }, nil
}

func bookOutcome(rows *excelize.Rows) (Outcome, error) {
	cells, err := rows.Columns()
	if err != nil {
		return Outcome{}, err
	}
	cells = append(cells, make([]string, max(0, len(columns)-len(cells)))...)
	row, err := strconv.Atoi(cells[0])
	if err != nil {
		return Outcome{}, reason.New("results_row_invalid", "text", cells[0])
	}
	attempts, _ := strconv.Atoi(cells[8]) // only a journal needs it
	return Outcome{
		Row: row, ID: cells[1], Status: batch.Status(cells[2]), Message: cells[3], Attempts: attempts, Reasons: strings.Fields(cells[11]),
	}, nil
}

// isBookOf reports whether a new workbook may replace the file at this path: its first row is one of the headers, or
// there is no such file.
func isBookOf(path string, headers ...[]string) (bool, error) {
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		return true, nil
	}
	book, err := excelize.OpenFile(path)
	if err != nil {
		return false, nil //nolint:nilerr // a file that can't be read is none of ours
	}
	defer book.Close()
	rows, err := book.Rows(bookSheet)
	if err != nil {
		return false, nil //nolint:nilerr // so is one without that sheet
	}
	defer rows.Close()
	if !rows.Next() {
		return false, rows.Error()
	}
	cells, err := rows.Columns()
	return slices.ContainsFunc(headers, func(header []string) bool { return slices.Equal(cells, header) }), err
}
