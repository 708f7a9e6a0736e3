package ledger

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"
)

func TestANewFileIsItsOwnersAlone(t *testing.T) {
	path := newPath(t)
	closed(t, open(t, path))
	if info, err := os.Stat(path); err != nil || info.Mode() != 0o600 {
		t.Errorf("got %v, %v", info.Mode(), err)
	}
}

func TestAFileOfAnotherAccountIsRefused(t *testing.T) {
	path := newPath(t)
	l := open(t, path)
	must(t, l.Note(anID, Noted{"name", text("Ana"), true}))
	closed(t, l)
	for _, b := range []Binding{
		{here.BaseURL, "gr_live_other"}, {"https://crm.example/v2", here.Key}, {}, {here.BaseURL, ""},
		{here.BaseURL + here.Key[:1], here.Key[1:]}, {here.Key, here.BaseURL},
	} {
		if _, err := Open(path, b); !errors.Is(err, ErrOtherAccount) || !strings.Contains(said(err), path) {
			t.Errorf("%v: got %v", b, err)
		} else if said := said(err); !strings.Contains(said, "another --state file, or delete it") || strings.Contains(said, "gr_live") {
			t.Errorf("says %q", said)
		}
	}
	same, err := Open(path, Binding{here.BaseURL + "/", here.Key})
	must(t, err)
	defer same.Close()
	if !same.Holds(anID, "name", text("Ana")) {
		t.Error("lost a value")
	}
}

func TestNeitherKeyNorValuesNorIDsAreInTheFile(t *testing.T) {
	path := newPath(t)
	l := open(t, path)
	must(t, l.Note(anID, Noted{"email", text("ana@padaria.example"), true}))
	closed(t, l)
	data, err := os.ReadFile(path)
	must(t, err)
	for _, word := range []string{here.Key, here.Key[8:], "crm.example", "padaria", anID, anID[:8]} {
		if bytes.Contains(data, []byte(word)) {
			t.Errorf("%q is", word)
		}
	}
}

func TestHashesDifferFromFileToFileAndPlaceToPlace(t *testing.T) {
	seen := map[Hash]string{}
	for _, file := range []string{"one", "two"} {
		l := open(t, newPath(t))
		for _, id := range []string{anID, another} {
			for _, field := range []string{"name", "company"} {
				must(t, l.Note(id, Noted{field, text("Ana"), true}))
				entry, _ := l.Stored(id, field)
				where := file + " " + id + " " + field
				if seen[entry.Hash] != "" {
					t.Errorf("%s is as %s", where, seen[entry.Hash])
				}
				seen[entry.Hash] = where
			}
		}
		closed(t, l)
	}
}

func TestAFileInUseIsRefusedAtOnce(t *testing.T) {
	path := newPath(t)
	l := open(t, path)
	defer l.Close()
	if _, err := Open(path, here); !errors.Is(err, ErrInUse) || !strings.Contains(said(err), "another run has it open") {
		t.Errorf("got %v", err)
	}
	must(t, l.Note(anID, Noted{"name", text("Ana"), true})) // the ledger still works
}

func TestAnEmptyFileIsTakenForANewOne(t *testing.T) {
	path := newPath(t)
	must(t, os.WriteFile(path, nil, 0o600))
	closed(t, open(t, path))
}

// unusableFiles are made from a file that a run has left.
var unusableFiles = []struct {
	name   string
	damage func([]byte) []byte
	say    string
}{
	{"a spreadsheet", func([]byte) []byte { return []byte("id,name\n1,Ana\n") }, "not a state file"},
	{"a long spreadsheet", func([]byte) []byte { return bytes.Repeat([]byte("1,Ana\n"), 10_000) }, "not a state file"},
	{"a spreadsheet of some pages", func([]byte) []byte { return bytes.Repeat([]byte("1,Ana\n"), 500) }, "not a state file"},
	{"zeros", func(d []byte) []byte { return make([]byte, len(d)) }, "not a state file"},
	{"only its beginning", func(d []byte) []byte { return d[:8192] }, "move it away to start over"},
	{"without its end", func(d []byte) []byte { return d[:len(d)/4] }, "move it away to start over"},
	{"zeros at its end", func(d []byte) []byte { return append(d[:8192:8192], make([]byte, len(d)-8192)...) }, "move it away to start over"},
	{"noise at its end", func(d []byte) []byte { return append(d[:8192:8192], bytes.Repeat([]byte("\xa7"), len(d)-8192)...) }, "move it away to start over"},
}

func TestFilesThatAreNoGoodAreRefusedAndLeftAsTheyAre(t *testing.T) {
	good := newPath(t)
	l := open(t, good)
	fill(t, l, 500)
	closed(t, l)
	whole, err := os.ReadFile(good)
	must(t, err)
	for _, c := range unusableFiles {
		t.Run(c.name, func(t *testing.T) {
			data := c.damage(bytes.Clone(whole))
			checkRefused(t, data, c.say)
		})
	}
}

// checkRefused checks that Open refuses a file with this content, and returns its path.
func checkRefused(t *testing.T, data []byte, say string) string {
	t.Helper()
	path := newPath(t)
	must(t, os.WriteFile(path, data, 0o600))
	l, err := Open(path, here)
	if err == nil {
		l.Close()
		t.Fatal("was opened")
	}
	if said := said(err); !strings.Contains(said, say) || !strings.HasPrefix(said, "state file "+path+": ") {
		t.Errorf("says %q", said)
	}
	if after, _ := os.ReadFile(path); !bytes.Equal(after, data) {
		t.Error("was changed")
	}
	return path
}

// edited returns the content of a file in which bbolt finds nothing wrong.
func edited(t *testing.T, edit func(tx *bolt.Tx) error) []byte {
	t.Helper()
	path := newPath(t)
	l := open(t, path)
	must(t, l.Note(anID, Noted{"name", text("Ana"), true}))
	closed(t, l)
	db, err := bolt.Open(path, 0o600, nil)
	must(t, err)
	must(t, db.Update(edit))
	must(t, db.Close())
	data, err := os.ReadFile(path)
	must(t, err)
	return data
}

func TestFilesOfAnotherMakeAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		edit func(tx *bolt.Tx) error
		say  string
	}{
		"of another program": {func(tx *bolt.Tx) error { return tx.DeleteBucket(aboutBucket) }, "not a state file"},
		"of no format":       {func(tx *bolt.Tx) error { return tx.Bucket(aboutBucket).Delete(formatKey) }, "not a state file"},
		"of a newer format": {func(tx *bolt.Tx) error {
			return tx.Bucket(aboutBucket).Put(formatKey, binary.AppendUvarint(nil, format+1))
		}, "newer version of this program; use that version"},
		"of a much newer format": {func(tx *bolt.Tx) error {
			return tx.Bucket(aboutBucket).Put(formatKey, binary.AppendUvarint(nil, 1<<40))
		}, "newer version of this program"},
		"of an absurd format": {func(tx *bolt.Tx) error { return tx.Bucket(aboutBucket).Put(formatKey, []byte{0}) }, "damaged"},
		"without the records": {func(tx *bolt.Tx) error { return tx.DeleteBucket(storedBucket) }, "damaged"},
		"with a short key":    {func(tx *bolt.Tx) error { return tx.Bucket(storedBucket).Put([]byte("k"), []byte("v")) }, "damaged"},
		"with a cut record": {func(tx *bolt.Tx) error {
			key, raw := tx.Bucket(storedBucket).Cursor().First()
			return tx.Bucket(storedBucket).Put(key, raw[:len(raw)-1])
		}, "damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			path := checkRefused(t, edited(t, c.edit), c.say)
			if _, err := Open(path, here); !strings.Contains(said(err), c.say) {
				t.Errorf("a lock was left behind: %v", err)
			}
		})
	}
}

// A page that is both in use and free would be overwritten by the next write.
func TestAUsedPageAmongTheFreeOnesIsDamage(t *testing.T) {
	path := newPath(t)
	l := open(t, path)
	fill(t, l, 2000)
	closed(t, l)
	l = open(t, path)
	var used uint64
	must(t, l.db.View(func(tx *bolt.Tx) error {
		used = uint64(tx.Bucket(storedBucket).Root())
		return nil
	}))
	closed(t, l)
	data, err := os.ReadFile(path)
	must(t, err)
	free := freePages(data)
	at := len(free) - 8
	for at > 0 && binary.LittleEndian.Uint64(free[at-8:]) > used { // the list is sorted
		at -= 8
	}
	binary.LittleEndian.PutUint64(free[at:], used)
	checkRefused(t, data, "move it away to start over")
}

// freePages returns the content of bbolt's list of free pages. The 32nd byte of the body of the newer of the first two
// pages says which page has it. A page's body follows a header of 16 bytes, of which the two at offset 10 are the
// length of the list.
func freePages(data []byte) []byte {
	page := os.Getpagesize()
	meta := data[16:]
	if other := data[page+16:]; binary.LittleEndian.Uint64(other[48:]) > binary.LittleEndian.Uint64(meta[48:]) {
		meta = other
	}
	list := data[binary.LittleEndian.Uint64(meta[32:])*uint64(page):]
	return list[16 : 16+8*int(binary.LittleEndian.Uint16(list[10:]))]
}

func TestFilesThatCannotBeOpenedSayWhy(t *testing.T) {
	folder := t.TempDir()
	for path, say := range map[string]string{folder: "is a directory", filepath.Join(folder, "none", "state"): "no such file or directory"} {
		if _, err := Open(path, here); err == nil || !strings.Contains(said(err), say) {
			t.Errorf("%s: got %v", path, err)
		}
	}
}
