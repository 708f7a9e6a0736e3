package batch_test

import (
	"fmt"
	"io"
	"iter"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"razebulk/batch"
	"razebulk/csvmap"
	"razebulk/internal/getraze"
	"razebulk/internal/sandbox"
)

// heap returns how much memory is in use, and how much was allocated in total.
func heap() (live, allocated int) {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc), int(m.TotalAlloc)
}

// eightFields yields rows that change eight fields, generated as they are read. Lists contain all of the fields.
func eightFields(count int) iter.Seq2[csvmap.Row, error] {
	return func(yield func(csvmap.Row, error) bool) {
		for n := range count {
			row := csvmap.Row{Number: n + 2, Line: n + 2, ID: fmt.Sprintf(uuids, n)}
			for _, field := range []string{"name", "email", "phone", "company", "position", "deal_currency", "responsible_user_id"} {
				row.Cells = append(row.Cells, csvmap.Cell{Field: field, Text: "new"})
			}
			row.Cells = append(row.Cells, csvmap.Cell{Field: "deal_value", Text: "12.5", Number: true})
			if !yield(row, nil) {
				return
			}
		}
	}
}

// TestAComparisonHoldsLittleOfARow measures what is in use at the last page of the list, and when everything is read.
// An opportunity's id and values take about 130 bytes of that here, and 190 if it has a contact. After the last page,
// hardly anything is allocated per row: garbage that is produced that fast is not collected in time.
func TestAComparisonHoldsLittleOfARow(t *testing.T) {
	long(t)
	inDialects(t, aComparisonHoldsLittleOfARow)
}

func aComparisonHoldsLittleOfARow(t *testing.T, dialect sandbox.Dialect) {
	const rows = 10_000
	held := make([]sandbox.Opportunity, rows)
	for n := range held {
		held[n] = sandbox.Opportunity{
			ID: fmt.Sprintf(uuids, n), Name: fmt.Sprintf("Deal %06d", n), Email: "ana@example.com", Phone: "+55 11 9", Company: "Padaria", Position: "CTO",
			DealValue: "10.5", DealCurrency: "BRL", CreatedAt: time.Unix(int64(n), 0), UpdatedAt: time.Unix(int64(n), 0),
		}
	}
	server := sandbox.New(sandbox.Options{Dialect: dialect, Opportunities: held, Limit: 100_000})
	reader := readerOver(server.Transport())
	seen, atLast, madeByLast := 0, 0, 0
	reader.See = func(getraze.Opportunity) {
		if seen++; seen == rows {
			atLast, madeByLast = heap()
		}
	}
	var known batch.Known
	before, _ := heap()
	if _, err := reader.ReadCurrent(t.Context(), t.Context(), eightFields(rows), &known, func(int) {}); err != nil {
		t.Fatal(err)
	}
	after, made := heap()
	mostAtLast, most := 350, 250
	if dialect == sandbox.Observed {
		mostAtLast, most = 510, 340
	}
	atLast, after, made = (atLast-before)/rows, (after-before)/rows, (made-madeByLast)/rows
	t.Logf("%d bytes a row at the last page, %d when all is read, %d made in between", atLast, after, made)
	if atLast > mostAtLast || after > most || made > 100 {
		t.Errorf("want %d, %d and 100 at most", mostAtLast, most)
	}
	runtime.KeepAlive(known)
	runtime.KeepAlive(server)
	runtime.KeepAlive(held)
}

// TestMemoryDoesNotGrowWithTheRowsSent compares memory in use after few rows and after many.
func TestMemoryDoesNotGrowWithTheRowsSent(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes many rows")
	}
	const rows, few = 8_000, 1_000
	client := clientOver(tripper(func(r *http.Request) (*http.Response, error) {
		return &http.Response{
			StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {"application/json"}}, Request: r,
			Body: io.NopCloser(strings.NewReader(`{"success":true,"data":{"name":"new"}}`)),
		}, nil
	}))
	results, early, late := 0, 0, 0
	err := batch.Run(t.Context(), t.Context(), batch.Job{
		Rows: eightFields(rows), Client: client, Pacer: unhurried(), Workers: 4, Log: discard,
		Record: func(batch.Result) error {
			switch results++; results {
			case few:
				early, _ = heap()
			case rows:
				late, _ = heap()
			}
			return nil
		},
	})
	const most = 30
	if each := (late - early) / (rows - few); err != nil || late == 0 || each > most {
		t.Errorf("%d bytes a row, want %d at most, %v", each, most, err)
	}
}
