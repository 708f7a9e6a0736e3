package work

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"razebulk/batch"
	"razebulk/internal/crm"
	"razebulk/internal/files"
	"razebulk/internal/review"
	"razebulk/internal/update"
)

// Changes are what a run would change: figures, and the plan, which is read part by part. They are never modified.
type Changes struct {
	Survey batch.Survey
	// Rows is the number of rows in the sheet. Withheld reports that nothing is sent because some are invalid.
	Rows     int
	Withheld bool
	Made     time.Time
	Path     string // of the plan
	// ByStatus and ByField count the lines of the plan, ByWhy those that are not sent, by the code of the reason.
	ByStatus, ByField, ByWhy map[string]int
	// Owners are the owners that the sheet names, the most frequent first.
	Owners []string

	labels labels
	digest string // equal for two plans that change the same
}

// Requests returns how many requests the run makes.
func (c *Changes) Requests() int { return c.Survey.Requests }

// Will returns the number of rows that change something.
func (c *Changes) Will() int { return c.Survey.Sends }

// Equal returns the number of rows without changes.
func (c *Changes) Equal() int { return c.Survey.Unchanged }

// Left returns the number of rows that are not sent for another reason.
func (c *Changes) Left() int { return max(0, c.Survey.Rows-c.Survey.Sends-c.Survey.Unchanged) }

// changesOf writes the plan of the run, and reads through it once. The labels handle the events of the run.
func changesOf(ctx context.Context, prepared *update.Run, l *labels) (*Changes, error) {
	if err := prepared.WritePlan(ctx); err != nil {
		return nil, err
	}
	l.sort()
	c := &Changes{
		Survey: prepared.Survey(), Rows: prepared.Rows(), Withheld: prepared.Withheld(), Path: prepared.Paths().Plan, Made: time.Now(),
		ByStatus: map[string]int{}, ByField: map[string]int{}, ByWhy: map[string]int{}, Owners: l.frequentOwners(), labels: *l,
	}
	c.Survey.First = nil
	sum := sha256.New()
	for line, err := range planLines(c.Path) {
		if err != nil {
			return nil, err
		}
		c.ByStatus[line.Status]++
		if why := c.whyOf(line); why != "" {
			c.ByWhy[why]++
		}
		for _, field := range strings.Fields(line.Field) {
			c.ByField[field]++
		}
		fmt.Fprintf(sum, "%d %q %q %q %q %q\n", line.Row, line.ID, line.Status, line.Field, line.Current, line.New)
	}
	c.digest = string(sum.Sum(nil))
	return c, nil
}

// whyOf returns the code of why a line is not sent, or "" if it is sent.
func (c *Changes) whyOf(l review.Line) string {
	if l.Status == review.Planned {
		return ""
	}
	return c.labels.of(l.Row).why
}

// Line is a line of the plan, with what the sheet calls its opportunity.
type Line struct {
	review.Line
	Name, Owner string
}

// Filter specifies which lines are wanted; "" means any.
type Filter struct{ Field, Status, Why, Owner, Text string }

// PageLines is the number of lines in a part.
const PageLines = 50

// Part returns a part of the wanted lines, counted from 1, and how many lines are wanted in all.
func (c *Changes) Part(f Filter, part int) (lines []Line, all int, err error) {
	text := crm.Fold(f.Text)
	for line, err := range planLines(c.Path) {
		if err != nil {
			return nil, 0, err
		}
		of := c.labels.of(line.Row)
		one := Line{line, of.name, of.owner}
		if f.Why != "" && c.whyOf(line) != f.Why || !f.wants(one, text) {
			continue
		}
		if all >= (part-1)*PageLines && len(lines) < PageLines {
			lines = append(lines, one)
		}
		all++
	}
	return lines, all, nil
}

func (f Filter) wants(l Line, text string) bool {
	switch {
	case f.Status != "" && l.Status != f.Status,
		f.Owner != "" && l.Owner != f.Owner,
		f.Field != "" && !slices.Contains(strings.Fields(l.Field), f.Field):
		return false
	case text == "":
		return true
	}
	return strings.Contains(crm.Fold(strings.Join([]string{l.ID, l.Name, l.Owner, l.Current, l.New}, "\n")), text)
}

// planLines yields the lines of a plan as people see them.
func planLines(path string) iter.Seq2[review.Line, error] {
	return func(yield func(review.Line, error) bool) {
		for cells, err := range records(path) {
			if err != nil {
				yield(review.Line{}, err)
				return
			}
			row, _ := strconv.Atoi(cells["row"])
			l := review.Line{
				Row: row, ID: cells["id"], Status: cells["status"], Field: cells["field"], Current: cells["current"], New: cells["new"], Message: cells["message"],
			}
			if !yield(l, nil) {
				return
			}
		}
	}
}

// records yields the records of a CSV file that this program has written, by the names of their columns.
func records(path string) iter.Seq2[map[string]string, error] {
	return func(yield func(map[string]string, error) bool) {
		file, err := files.OpenFile(path, os.O_RDONLY)
		if err != nil {
			yield(nil, err)
			return
		}
		defer file.Close()
		text := bufio.NewReader(file)
		header, err := text.ReadString('\n')
		if err != nil {
			yield(nil, err)
			return
		}
		header = strings.TrimRight(strings.TrimPrefix(header, "\ufeff"), "\r\n")
		r := csv.NewReader(text)
		r.Comma, r.ReuseRecord = rune(header[len("row")]), true
		names := strings.Split(header, string(r.Comma))
		cells := map[string]string{}
		for {
			record, err := r.Read()
			if errors.Is(err, io.EOF) {
				return
			}
			for i, name := range names {
				if err == nil && i < len(record) {
					cells[name] = crm.UnescapeFormula(record[i])
				}
			}
			if !yield(cells, err) || err != nil {
				return
			}
		}
	}
}

// FailedRow is a row of the results that needs attention.
type FailedRow struct {
	Row                 int
	ID, Status, Message string
}

// FailedRows returns the first rows of a results file or a journal that need attention, at most this many.
func FailedRows(path string, most int) ([]FailedRow, error) {
	var found []FailedRow
	for cells, err := range records(path) {
		if err != nil {
			return found, err
		}
		status := batch.Status(cells["status"])
		if !status.NeedsAttention() {
			continue
		}
		row, _ := strconv.Atoi(cells["row"])
		if found = append(found, FailedRow{row, cells["id"], string(status), cells["message"]}); len(found) == most {
			break
		}
	}
	return found, nil
}
