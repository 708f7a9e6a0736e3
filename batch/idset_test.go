package batch_test

import (
	"runtime"
	"strconv"
	"testing"

	"razebulk/batch/internal/idset"
)

// TestRepeatsAreDetectedInLittleMemory adds so many ids that most are on the disk.
func TestRepeatsAreDetectedInLittleMemory(t *testing.T) {
	const rows = 6 * 2048 * 64 // six times as many as stay in memory
	s := idset.New(t.TempDir())
	defer s.Close()
	var before, added, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for row := range rows {
		id := strconv.Itoa(row)
		switch row {
		case rows - 2:
			id = "5"
		case rows - 1:
			id = "70000"
		}
		if err := s.Add(id, row); err != nil {
			t.Fatal(err)
		}
	}
	runtime.GC()
	runtime.ReadMemStats(&added)
	if held := int(added.HeapAlloc) - int(before.HeapAlloc); held > 3<<20 {
		t.Errorf("%d bytes are held", held)
	}
	found, err := s.Repeats()
	runtime.ReadMemStats(&after)
	if made := after.TotalAlloc - added.TotalAlloc; made > 3<<20 {
		t.Errorf("%d bytes are made of what is on the disk", made)
	}
	if err != nil || found.Rows != 2 || found.First != 5 || found.Second != rows-2 || !found.Has("5") || !found.Has("70000") || found.Has("6") {
		t.Errorf("got %+v, %v", found, err)
	}
}
