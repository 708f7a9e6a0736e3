package sandbox

import (
	"bufio"
	"bytes"
	"cmp"
	_ "embed" // for the seeds
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/gocarina/gocsv"
)

//go:embed opportunities.csv
var seeds []byte

// Seeds returns the fifty opportunities that come with the package: fixed ids, made-up people. The caller owns the
// slice.
func Seeds() []Opportunity {
	read, err := ReadOpportunities(bytes.NewReader(seeds))
	if err != nil {
		panic("sandbox: opportunities.csv: " + err.Error())
	}
	return read
}

// seedRow is one line of the CSV.
type seedRow struct {
	Opportunity
	Created string `csv:"created_at"`
	Updated string `csv:"updated_at"`
}

// ReadOpportunities reads CSV, comma-separated UTF-8, whose header names the columns: id, which is required, the nine
// fields of PUT, status, source, campaign_id, created_at and updated_at (RFC 3339). Other columns are ignored. An
// error names the line.
func ReadOpportunities(r io.Reader) ([]Opportunity, error) {
	lines := csv.NewReader(withoutBOM(r))
	rows, err := gocsv.NewUnmarshaller(lines, seedRow{})
	if errors.Is(err, io.EOF) {
		return nil, errors.New("no header line")
	} else if err != nil {
		return nil, err
	}
	if !slices.Contains(rows.Headers, "id") {
		return nil, errors.New("no id column in the header line")
	}
	read := []Opportunity{}
	firstLine := make(map[string]int)
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return read, nil
		} else if err != nil {
			return nil, err // from encoding/csv, which names the line: no cell of a seedRow can fail
		}
		line, _ := lines.FieldPos(0)
		o, err := row.(seedRow).opportunity(firstLine)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", line, err)
		}
		firstLine[o.ID] = line
		read = append(read, o)
	}
}

// opportunity checks a row by itself, and its id against those of earlier lines.
func (r seedRow) opportunity(firstLine map[string]int) (Opportunity, error) {
	o := r.Opportunity
	o.Status = cmp.Or(o.Status, "new")
	switch {
	case o.ID == "":
		return o, errors.New("the id is empty")
	case firstLine[o.ID] > 0:
		return o, fmt.Errorf("id %q is on line %d already", o.ID, firstLine[o.ID])
	case !slices.Contains(statuses, o.Status):
		return o, fmt.Errorf("status %q is not known", o.Status)
	case o.DealValue != "" && !isNumber(o.DealValue):
		return o, fmt.Errorf("deal_value %q is not a number", o.DealValue)
	}
	var err error
	if o.CreatedAt, err = instant(r.Created); err != nil {
		return o, fmt.Errorf("created_at: %w", err)
	}
	if o.UpdatedAt, err = instant(cmp.Or(r.Updated, r.Created)); err != nil {
		return o, fmt.Errorf("updated_at: %w", err)
	}
	return o, nil
}

// isNumber reports whether n can go into an answer as it is.
func isNumber(n json.Number) bool {
	_, err := json.Marshal(n)
	return err == nil
}

func instant(cell string) (time.Time, error) {
	if cell == "" {
		return time.Time{}, nil
	}
	return time.Parse(time.RFC3339, cell)
}

func withoutBOM(r io.Reader) io.Reader {
	b := bufio.NewReader(r)
	if start, _ := b.Peek(3); string(start) == "\uFEFF" {
		b.Discard(3)
	}
	return b
}
