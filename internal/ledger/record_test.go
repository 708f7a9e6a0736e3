package ledger

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func drawEntry(t *rapid.T) *Entry {
	var hash Hash
	copy(hash[:], rapid.SliceOfN(rapid.Byte(), len(hash), len(hash)).Draw(t, "hash"))
	when := time.Unix(int64(rapid.Uint32().Draw(t, "when")), 0)
	return &Entry{hash, when, rapid.Bool().Draw(t, "verified")}
}

func TestRecordsComeBackAsTheyWere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fields := rapid.StringN(-1, -1, maxField)
		record := rapid.MapOfN(fields, rapid.Custom(drawEntry), 0, 12).Draw(t, "record")
		raw := encode(record)
		back, err := decode(raw)
		if diff := cmp.Diff(record, back); err != nil || diff != "" {
			t.Fatal(err, diff)
		}
		for field, entry := range record {
			if found, err := find(raw, field); err != nil || !cmp.Equal(found, entry) {
				t.Fatalf("%q: found %v, %v", field, found, err)
			}
		}
		if found, err := find(raw, "none"); err != nil || record["none"] == nil && found != nil {
			t.Fatalf("found %v, %v", found, err)
		}
	})
}

func TestDamagedRecordsAreNotRead(t *testing.T) {
	whole := encode(map[string]*Entry{"name": {When: time.Unix(1, 0), Verified: true}})
	odd := bytes.Clone(whole)
	odd[len("?name")+4] = 2
	for _, raw := range [][]byte{whole[:1], whole[:5], whole[:len(whole)-1], append(bytes.Clone(whole), 1), odd} {
		if record, err := decode(raw); err == nil {
			t.Errorf("%x: got %v", raw, record)
		}
		if entry, err := find(raw, "none"); err == nil {
			t.Errorf("%x: found %v", raw, entry)
		}
	}
}

func TestPartsOfAHashDoNotRunIntoEachOther(t *testing.T) {
	key := []byte("key")
	seen := map[[32]byte][]string{}
	for _, parts := range [][]string{{}, {""}, {"", ""}, {"ab"}, {"a", "b"}, {"ab", ""}, {"", "ab"}, {"a\x00b"}} {
		h := &hasher{hash: hmac.New(sha256.New, key)}
		sum := h.mac('x', parts...)
		if other, same := seen[sum]; same {
			t.Errorf("%q is as %q", parts, other)
		}
		seen[sum] = parts
	}
}

func FuzzDecode(f *testing.F) {
	entry := &Entry{When: time.Unix(1, 0)}
	f.Add(encode(map[string]*Entry{"name": entry, "": entry}))
	f.Add([]byte{255, 1})
	f.Fuzz(func(t *testing.T, raw []byte) {
		record, err := decode(raw)
		if err != nil {
			return
		}
		again, err := decode(encode(record))
		if diff := cmp.Diff(record, again); err != nil || diff != "" {
			t.Error(err, diff)
		}
		if len(encode(record)) > len(raw) || len(record) > 0 && !bytes.Contains(raw, record[firstOf(record)].Hash[:]) {
			t.Error("grew")
		}
	})
}

func firstOf(record map[string]*Entry) string {
	for field := range record {
		return field
	}
	return ""
}
