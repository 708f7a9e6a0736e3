package batch_test

import (
	"encoding/json"
	"sync"
	"testing"

	"razebulk/batch/dialect"
	"razebulk/internal/getraze"
)

func TestDetectedIsSaidOnce(t *testing.T) {
	var said []string
	d := dialect.New(getraze.Dialect{}, func(d getraze.Dialect) { said = append(said, d.String()) })
	shown := getraze.Opportunity{"id": json.RawMessage(`"a"`), "contact_name": json.RawMessage(`"Ana"`)}
	var learning sync.WaitGroup
	for range 8 {
		learning.Go(func() { d.Learn(shown) })
	}
	learning.Wait()
	if len(said) != 1 || said[0] != "the observed dialect" || d.Now().Name() != "observed" {
		t.Errorf("said %q", said)
	}
}

func TestWhatWasSaidOrRecalledIsNotDetected(t *testing.T) {
	known, _ := getraze.NewDialect("documented", true)
	d := dialect.New(known, func(getraze.Dialect) { t.Error("detected") })
	other, _ := getraze.NewDialect("observed", false)
	d.Recall(other)
	d.Learn(getraze.Opportunity{"contact_name": json.RawMessage(`"Ana"`)})
	if d.Now().Name() != "documented" {
		t.Error(d.Now())
	}
	recalls := dialect.New(getraze.Dialect{}, func(getraze.Dialect) { t.Error("detected") })
	recalls.Recall(other)
	if recalls.Now().SentName("position") != "title" {
		t.Error(recalls.Now())
	}
}

func TestNoDetectorSpeaksTheZeroDialect(t *testing.T) {
	var d *dialect.Detector
	d.Learn(getraze.Opportunity{"contact_name": json.RawMessage(`"Ana"`)})
	if d.Now() != (getraze.Dialect{}) {
		t.Error(d.Now())
	}
}
