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
	"runtime"
	"testing"
	"time"

	"razebulk/batch/pace"

	"razebulk/batch"
	"razebulk/csvmap"
	"razebulk/internal/getraze"
)

const header = "id,name,email,phone,company,position,deal_value,deal_currency,notes,responsible_user_id\n"

// export returns a sheet of ten columns. It is made once and read from memory, so that no disk is measured.
func export(rows int) []byte {
	var b bytes.Buffer
	b.WriteString(header)
	for n := range rows {
		fmt.Fprintf(&b, "%08d-0000-4000-8000-000000000000,Renovação %d,ana%d@example.com,+55 11 9%07d,"+
			"\"Padaria Estrela, Filial %d\",Compras,%d.50,BRL,ligar na segunda,user-%d\n", n, n, n, n, n%99, n, n%7)
	}
	return b.Bytes()
}

// BenchmarkReading checks every cell, as update does before anything is sent, next to the lower bound: encoding/csv
// alone on the same bytes. The metric "times-bare" is the ratio of the two processor times, which should not exceed 3.
// It fails where no disturbance by other programs can explain the ratio.
func BenchmarkReading(b *testing.B) {
	for _, rows := range []int{10_000, 1_000_000} {
		b.Run(fmt.Sprintf("rows=%d", rows), func(b *testing.B) {
			sheet := export(rows)
			var bare, checked time.Duration
			b.ReportAllocs()
			for b.Loop() {
				bare += cpuOf(b, func() { readBare(b, sheet) })
				checked += cpuOf(b, func() {
					if n := countRows(b, sheet); n != rows {
						b.Fatalf("%d rows, want %d", n, rows)
					}
				})
			}
			b.ReportMetric(float64(bare.Nanoseconds())/float64(b.N*rows), "bare-cpu-ns/row")
			b.ReportMetric(float64(checked.Nanoseconds())/float64(b.N*rows), "cpu-ns/row")
			timesBare := float64(checked) / float64(bare)
			b.ReportMetric(timesBare, "times-bare")
			if timesBare > 5 {
				b.Errorf("reading takes %.1f times what encoding/csv takes", timesBare)
			}
		})
	}
}

func cpuOf(b *testing.B, work func()) time.Duration {
	runtime.GC() // garbage from before is not this work's
	start := cpuTime(b)
	work()
	return cpuTime(b) - start
}

func readBare(b *testing.B, sheet []byte) {
	r := csv.NewReader(bytes.NewReader(sheet))
	r.ReuseRecord = true
	for {
		if _, err := r.Read(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			b.Fatal(err)
		}
	}
}

func countRows(b *testing.B, sheet []byte) int {
	n := 0
	inspect(b, sheet, func(rows iter.Seq2[csvmap.Row, error]) error {
		n = 0
		for row, err := range rows {
			if err != nil || len(row.Problems) > 0 {
				b.Fatal(err, row.Problems)
			}
			n++
		}
		return nil
	})
	return n
}

func inspect(b *testing.B, sheet []byte, check func(iter.Seq2[csvmap.Row, error]) error) *csvmap.Reading {
	reading, err := csvmap.Inspect(bytes.NewReader(sheet), int64(len(sheet)), csvmap.Options{}, check)
	if err != nil {
		b.Fatal(err)
	}
	return reading
}

// rowsOf reads a sheet that was inspected before.
func rowsOf(b *testing.B, reading *csvmap.Reading) iter.Seq2[csvmap.Row, error] {
	s, err := reading.Open()
	if err != nil {
		b.Fatal(err)
	}
	return s.Rows()
}

func unchecked(iter.Seq2[csvmap.Row, error]) error { return nil }

// BenchmarkSend updates rows on a server in this process that answers at once: it measures what the program adds to
// each request, and the server's own share.
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
			reading := inspect(b, sheet, unchecked)
			b.ReportAllocs()
			for b.Loop() {
				send(b, client, workers, rowsOf(b, reading))
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
		Rows: rows, Client: client, Pacer: pace.NewPacer(pace.Limits{}), Workers: workers, Log: slog.New(slog.DiscardHandler),
		Record: stored,
	})
	if err != nil {
		b.Fatal(err)
	}
}

func perSecond(b *testing.B, rows int) {
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
