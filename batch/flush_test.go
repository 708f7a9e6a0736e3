package batch_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"razebulk/batch"
	"razebulk/batch/pace"
	"razebulk/internal/getraze"
	"razebulk/internal/sandbox"
)

// TestRowsThatFinishTogetherShareAWriteAndNoneIsDoneBeforeIt answers all requests at one instant. No worker may take
// its next row before the recorded results are written.
func TestRowsThatFinishTogetherShareAWriteAndNoneIsDoneBeforeIt(t *testing.T) {
	inDialects(t, rowsThatFinishTogetherShareAWriteAndNoneIsDoneBeforeIt)
}

func rowsThatFinishTogetherShareAWriteAndNoneIsDoneBeforeIt(t *testing.T, dialect sandbox.Dialect) {
	synctest.Test(t, func(t *testing.T) {
		const workers = 8
		rows := rowsNamed("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p")
		server := sandbox.New(sandbox.Options{Dialect: dialect, Opportunities: opportunities(rows), Record: true, Faults: sandbox.Faults{Latency: time.Second}})
		client, err := getraze.New(getraze.Options{BaseURL: "http://127.0.0.1", Key: sandbox.DefaultKey, Transport: server.Transport(), Timeout: time.Minute})
		if err != nil {
			t.Fatal(err)
		}
		var recorded, written, flushes int
		err = batch.Run(t.Context(), t.Context(), batch.Job{
			Rows: each(rows), Client: client, Pacer: pace.NewPacer(pace.Limits{}), Workers: workers, Log: discard,
			Record: func(batch.Result) error {
				recorded++
				if made := len(server.Requests()); made > written+workers {
					t.Errorf("%d requests with %d results written", made, written)
				}
				return nil
			},
			Flush: func() error {
				flushes++
				time.Sleep(time.Millisecond) // a write takes time
				written = recorded
				time.Sleep(time.Millisecond) // the disk is busy, and all others wait
				return nil
			},
		})
		if err != nil || written != len(rows) || flushes > len(rows)/2 {
			t.Errorf("%d of %d written, with %d writes, %v", written, len(rows), flushes, err)
		}
	})
}

func TestAFailedWriteEndsTheRun(t *testing.T) { inDialects(t, aFailedWriteEndsTheRun) }

func aFailedWriteEndsTheRun(t *testing.T, dialect sandbox.Dialect) {
	synctest.Test(t, func(t *testing.T) {
		rows := rowsNamed("a", "b", "c", "d", "e", "f", "g", "h")
		server := sandbox.New(sandbox.Options{Dialect: dialect, Opportunities: opportunities(rows), Record: true, Faults: sandbox.Faults{Latency: time.Second}})
		client, err := getraze.New(getraze.Options{BaseURL: "http://127.0.0.1", Key: sandbox.DefaultKey, Transport: server.Transport(), Timeout: time.Minute})
		if err != nil {
			t.Fatal(err)
		}
		full := errors.New("the disk is full")
		var recorded atomic.Int32
		err = batch.Run(context.Background(), context.Background(), batch.Job{
			Rows: each(rows), Client: client, Pacer: pace.NewPacer(pace.Limits{}), Workers: 1, Log: discard,
			Record: func(batch.Result) error { recorded.Add(1); return nil },
			Flush:  func() error { return full },
		})
		if made := len(server.Requests()); !errors.Is(err, full) || recorded.Load() != 1 || made > 2 {
			t.Errorf("%d requests, %d results, %v", made, recorded.Load(), err)
		}
	})
}
