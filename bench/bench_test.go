// Package bench measures how fast the program reads and sends. README.md says how to run it.
package bench

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"razebulk/batch"
	"razebulk/csvmap"
	"razebulk/getraze"
)

const header = "id,name,email,phone,company,position,deal_value,deal_currency,notes,responsible_user_id\n"

// export is a sheet of ten columns. It is made once and read from memory, so that no disk is measured.
func export(rows int) []byte {
	var b bytes.Buffer
	b.WriteString(header)
	for n := range rows {
		fmt.Fprintf(&b, "%08d-0000-4000-8000-000000000000,Renovação %d,ana%d@example.com,+55 11 9%07d,"+
			"\"Padaria Estrela, Filial %d\",Compras,%d.50,BRL,ligar na segunda,user-%d\n", n, n, n, n, n%99, n, n%7)
	}
	return b.Bytes()
}

// BenchmarkBareCSV is the floor: encoding/csv alone over the same bytes.
func BenchmarkBareCSV(b *testing.B) {
	for _, rows := range []int{10_000, 1_000_000} {
		b.Run(fmt.Sprintf("rows=%d", rows), func(b *testing.B) {
			sheet := export(rows)
			b.ReportAllocs()
			for b.Loop() {
				r := csv.NewReader(bytes.NewReader(sheet))
				r.ReuseRecord = true
				for {
					if _, err := r.Read(); errors.Is(err, io.EOF) {
						break
					} else if err != nil {
						b.Fatal(err)
					}
				}
			}
			perSecond(b, rows)
		})
	}
}

// BenchmarkRead checks every cell, as the first pass of update does.
func BenchmarkRead(b *testing.B) {
	for _, rows := range []int{10_000, 1_000_000} {
		b.Run(fmt.Sprintf("rows=%d", rows), func(b *testing.B) {
			sheet := export(rows)
			b.ReportAllocs()
			for b.Loop() {
				if n := countRows(b, sheet); n != rows {
					b.Fatalf("%d rows, want %d", n, rows)
				}
			}
			perSecond(b, rows)
		})
	}
}

func countRows(b *testing.B, sheet []byte) (n int) {
	for row, err := range rowsOf(b, sheet) {
		if err != nil || len(row.Problems) > 0 {
			b.Fatal(err, row.Problems)
		}
		n++
	}
	return n
}

func rowsOf(b *testing.B, sheet []byte) iter.Seq2[csvmap.Row, error] {
	s, err := csvmap.Open(bytes.NewReader(sheet), csvmap.Options{})
	if err != nil {
		b.Fatal(err)
	}
	return s.Rows()
}

// BenchmarkSend updates rows at a server in this process that answers at once: what is measured is what the program
// adds to each request, and the server's own share.
func BenchmarkSend(b *testing.B) {
	const rows = 2_000
	for _, workers := range []int{1, 8, 32} {
		b.Run(fmt.Sprintf("workers=%d", workers), func(b *testing.B) {
			server := httptest.NewServer(http.HandlerFunc(answer))
			defer server.Close()
			client, err := getraze.New(getraze.Options{BaseURL: server.URL, Key: "gr_live_bench", Timeout: time.Minute, Connections: workers})
			if err != nil {
				b.Fatal(err)
			}
			defer client.CloseIdleConnections()
			sheet := export(rows)
			b.ReportAllocs()
			for b.Loop() {
				send(b, client, workers, rowsOf(b, sheet))
			}
			perSecond(b, rows)
		})
	}
}

func answer(w http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	w.Header().Set("Content-Type", "application/json")
	_, _ = io.WriteString(w, `{"success":true,"data":{"deal_currency":"BRL","notes":"ligar na segunda"}}`)
}

func send(b *testing.B, client *getraze.Client, workers int, rows iter.Seq2[csvmap.Row, error]) {
	err := batch.Run(context.Background(), context.Background(), batch.Job{
		Rows: rows, Client: client, Pacer: batch.NewPacer(batch.Limits{}), Workers: workers, Log: slog.New(slog.DiscardHandler),
		Record: stored,
	})
	if err != nil {
		b.Fatal(err)
	}
}

func perSecond(b *testing.B, rows int) {
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
