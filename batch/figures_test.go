package batch_test

import (
	"context"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"razebulk/batch"
	"razebulk/batch/dialect"
	"razebulk/csvmap"
	"razebulk/internal/getraze"
	"razebulk/internal/ledger"
	"razebulk/internal/sandbox"
)

const (
	figureRows = 10_000
	figureStep = 100 // one row in this many changes
)

// TestRequestsOfASheetOfWhichOnePercentChanges checks the figures in docs/fewer-requests.md: with a ledger, a request
// for each changed row, and one that detects the dialect; without a ledger, a hundred pages more.
func TestRequestsOfASheetOfWhichOnePercentChanges(t *testing.T) { inDialects(t, requestsOfOnePercent) }

func requestsOfOnePercent(t *testing.T, d sandbox.Dialect) {
	if testing.Short() {
		t.Skip("ten thousand rows, four times")
	}
	file := filepath.Join(t.TempDir(), "state")
	synctest.Test(t, func(t *testing.T) {
		sheet := func(night string) []csvmap.Row {
			var rows []csvmap.Row
			for i := range figureRows {
				changed := "same"
				if i%figureStep == 0 {
					changed = night
				}
				rows = append(rows, rowWith(i+2, fmt.Sprintf(uuids, i), "name", "Ana", "position", changed, "responsible_user_id", ownerID))
			}
			return rows
		}
		held := opportunities(sheet(""))
		for i := range held {
			held[i].Name, held[i].Title, held[i].Position, held[i].ResponsibleUserID = "Ana", "Ana", "same", ownerID
			held[i].CreatedAt = time.Unix(int64(i), 0)
		}
		server := sandbox.New(sandbox.Options{Dialect: d, Opportunities: held, Limit: 1 << 20, Record: true})
		l, err := ledger.Open(file, ledger.Binding{})
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		counted := 0
		night := func(name string, known *batch.Known, compares bool) {
			t.Helper()
			before := len(server.Requests())
			known.Dialect = dialect.New(getraze.Dialect{}, nil)
			ctx, reader := context.Background(), readerOver(server.Transport())
			reader.Dialect = known.Dialect
			if compares {
				_, err = reader.ReadCurrent(ctx, ctx, each(sheet(name)), known, func(int) {})
			} else {
				err = reader.Detect(ctx, ctx, 1)
			}
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range sendTo(t, server.Transport(), known, 8, sheet(name)...) {
				if r.Status != batch.Success && r.Status != batch.Unchanged {
					t.Fatalf("row %d: %s %s", r.Row, r.Status, message(r))
				}
			}
			counted = len(server.Requests()) - before
		}
		if night("first", &batch.Known{Ledger: l}, true); counted != 200 { // the ledger notes what was read
			t.Errorf("%d requests with a comparison, want 200", counted)
		}
		if night("second", &batch.Known{Ledger: l}, false); counted != 101 {
			t.Errorf("%d requests with a ledger, want 101", counted)
		}
		for _, r := range server.Requests() {
			if r.Method == http.MethodPut && !strings.Contains(r.Body, "first") && !strings.Contains(r.Body, "second") {
				t.Fatalf("sent %s", r.Body)
			}
		}
	})
}
