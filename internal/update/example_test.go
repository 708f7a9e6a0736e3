package update_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"time"

	"razebulk/batch/pace"
	"razebulk/internal/event"
	"razebulk/internal/getraze"
	"razebulk/internal/reason"
	"razebulk/internal/run"
	"razebulk/internal/sandbox"
	"razebulk/internal/update"
	"razebulk/internal/words"
)

// A run is prepared, inspected and sent; its events go to one handler.
func Example() {
	server := httptest.NewServer(sandbox.New(sandbox.Options{Opportunities: []sandbox.Opportunity{{ID: "opp_1", Name: "Deal"}}}))
	defer server.Close()
	folder, _ := os.MkdirTemp("", "example")
	defer os.RemoveAll(folder)
	sheet := filepath.Join(folder, "deals.csv")
	_ = os.WriteFile(sheet, []byte("id,notes\nopp_1,call back\nopp_2,sent\n"), 0o600)

	paths, _ := update.PathsFor(sheet, "", "")
	texts := words.For(nil)
	prepared, err := update.Prepare(context.Background(), update.Options{
		File: sheet, Paths: paths, Address: server.URL, MaxFailures: pace.Share{Percent: 50},
		Requests: run.Options{
			API: getraze.Options{BaseURL: server.URL, Key: sandbox.DefaultKey, Timeout: 30 * time.Second}, Workers: 1,
		},
		Words: func(r reason.Reason) string { return texts.Text(r.Code, r.Params) },
		Handle: func(e event.Event) {
			if done, ok := e.(event.RowDone); ok {
				fmt.Println("row", done.Result.Row, done.Result.Status)
			}
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer prepared.Close()
	fmt.Println(prepared.Survey().Requests, "requests planned")
	summary, err := prepared.Send(context.Background())
	fmt.Println(summary.Counts.Failed, "failed:", err)
	// Output:
	// 2 requests planned
	// row 2 SUCCESS
	// row 3 NOT_FOUND
	// 1 failed: some rows failed
}
