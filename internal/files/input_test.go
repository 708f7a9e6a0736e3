package files

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// bytesOf returns size bytes, in which no two blocks are the same.
func bytesOf(size int) []byte {
	data := make([]byte, size)
	source := rand.New(rand.NewPCG(1, uint64(size)))
	for i := range data {
		data[i] = byte(source.Uint32())
	}
	return data
}

// sizes are sizes at which a block ends, and sizes near them.
var sizes = rapid.SampledFrom([]int{0, 1, 100, blockSize - 1, blockSize, blockSize + 1, 2*blockSize - 1, 2 * blockSize, 3*blockSize + 7})

func openInput(t rapid.TB, path string) *Input {
	in, err := OpenInput(context.Background(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

func writeBytes(t rapid.TB, path string, data []byte) {
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestInputReadsTheFilesBytesInAnyOrder(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deals.csv")
	rapid.Check(t, func(t *rapid.T) {
		data := bytesOf(sizes.Draw(t, "size"))
		writeBytes(t, path, data)
		in := openInput(t, path)
		defer in.Close()
		if in.Size() != int64(len(data)) || in.Name() != path {
			t.Fatalf("%s of %d bytes", in.Name(), in.Size())
		}
		for range rapid.IntRange(0, 6).Draw(t, "reads") {
			checkRead(t, in, data)
		}
		checkSum(t, in, data)
		checkRead(t, in, data)
	})
}

// checkRead reads at any offset, even beyond the end.
func checkRead(t *rapid.T, in *Input, data []byte) {
	off := rapid.IntRange(0, len(data)+blockSize).Draw(t, "offset")
	p := make([]byte, rapid.IntRange(0, 2*blockSize+3).Draw(t, "length"))
	n, err := in.ReadAt(p, int64(off))
	want := data[min(off, len(data)):min(off+len(p), len(data))]
	if string(p[:n]) != string(want) || n < len(p) && !errors.Is(err, io.EOF) || n == len(p) && err != nil {
		t.Fatalf("%d bytes at %d: got %d, %v, want %d", len(p), off, n, err, len(want))
	}
}

func checkSum(t rapid.TB, in *Input, data []byte) {
	sum := sha256.Sum256(data)
	if got, err := in.SHA256(); got != hex.EncodeToString(sum[:]) || err != nil {
		t.Fatalf("got %s, %v", got, err)
	}
}

// TestInputDetectsAChangedByte reads blocks, changes one byte, and reads them again: either a block is the same, or
// reading fails.
func TestInputDetectsAChangedByte(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deals.csv")
	rapid.Check(t, func(t *rapid.T) {
		data := bytesOf(3*blockSize + 7)
		writeBytes(t, path, data)
		in := openInput(t, path)
		defer in.Close()
		for _, number := range rapid.Permutation([]int{0, 1, 2, 3}).Draw(t, "order") {
			checkBlock(t, in, data, number)
		}
		last := int(in.at)
		at := rapid.IntRange(0, len(data)-1).Draw(t, "changed")
		changed := at / blockSize
		patched := append([]byte{}, data...)
		patched[at] ^= byte(rapid.IntRange(1, 255).Draw(t, "difference"))
		writeBytes(t, path, patched)
		if last == changed { // what is in memory reads as before
			checkBlock(t, in, data, changed)
			checkBlock(t, in, data, (changed+1)%4)
		}
		n, err := in.ReadAt(make([]byte, 1), int64(changed*blockSize))
		if n != 0 || !errors.Is(err, ErrChanged) {
			t.Fatalf("block %d with byte %d changed: got %d bytes, %v", changed, at, n, err)
		}
		for number := range 4 {
			if number != changed {
				checkBlock(t, in, data, number)
			}
		}
	})
}

func checkBlock(t rapid.TB, in *Input, data []byte, number int) {
	want := data[number*blockSize : min(len(data), (number+1)*blockSize)]
	got := make([]byte, len(want))
	if n, err := in.ReadAt(got, int64(number*blockSize)); string(got[:n]) != string(want) || err != nil {
		t.Fatalf("block %d: got %d bytes, %v", number, n, err)
	}
}

func TestInputDetectsThatItGrewOrShrank(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deals.csv")
	rapid.Check(t, func(t *rapid.T) {
		data := bytesOf(sizes.Filter(func(n int) bool { return n > 0 }).Draw(t, "size"))
		other := bytesOf(sizes.Filter(func(n int) bool { return n != len(data) }).Draw(t, "other size"))
		copy(other, data)
		writeBytes(t, path, data)
		in := openInput(t, path)
		defer in.Close()
		if rapid.Bool().Draw(t, "read before") {
			checkSum(t, in, data)
			in.at = -1
		}
		writeBytes(t, path, other)
		if _, err := io.Copy(io.Discard, io.NewSectionReader(in, 0, in.Size())); !errors.Is(err, ErrChanged) {
			t.Fatalf("%d bytes became %d: got %v", len(data), len(other), err)
		}
	})
}

func TestSHA256DetectsAChange(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deals.csv")
	data := bytesOf(2*blockSize + 1)
	writeBytes(t, path, data)
	in := openInput(t, path)
	defer in.Close()
	checkBlock(t, in, data, 1)
	checkBlock(t, in, data, 2)
	data[blockSize]++
	writeBytes(t, path, data)
	if _, err := in.SHA256(); !errors.Is(err, ErrChanged) {
		t.Errorf("got %v", err)
	}
}

func TestInputRefusesANegativeOffset(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deals.csv")
	writeBytes(t, path, bytesOf(10))
	in := openInput(t, path)
	defer in.Close()
	if n, err := in.ReadAt(make([]byte, 1), -1); n != 0 || err == nil {
		t.Errorf("got %d, %v", n, err)
	}
}

func TestStandardInputIsCopiedSoThatItCanBeReadTwice(t *testing.T) {
	emptyTempDir(t)
	data := bytesOf(blockSize + 10)
	in, err := OpenInput(t.Context(), "-", strings.NewReader(string(data)))
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		checkBlock(t, in, data, 0)
		checkBlock(t, in, data, 1)
	}
	checkSum(t, in, data)
	in.Close()
	if left := names(t, os.TempDir()); len(left) > 0 {
		t.Errorf("left %v", left)
	}
}

func TestStandardInputThatFailsLeavesNothing(t *testing.T) {
	emptyTempDir(t)
	broken := errors.New("the pipe broke")
	_, err := OpenInput(t.Context(), "-", io.MultiReader(strings.NewReader("id"), failing{broken}))
	if !errors.Is(err, broken) || !strings.Contains(err.Error(), "standard input") {
		t.Errorf("got %v", err)
	}
	if left := names(t, os.TempDir()); len(left) > 0 {
		t.Errorf("left %v", left)
	}
}

func emptyTempDir(t *testing.T) {
	directory := t.TempDir()
	for _, name := range []string{"TMPDIR", "TMP", "TEMP"} { // TMP and TEMP on Windows
		t.Setenv(name, directory)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func TestOpenInputEndsWithItsContext(t *testing.T) {
	from, to := io.Pipe() // nobody writes to it
	stop := errors.New("interrupted")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(stop)
	if _, err := OpenInput(ctx, "-", from); !errors.Is(err, stop) {
		t.Errorf("got %v", err)
	}
	to.Close() // lets the reader end
}

func TestOpenInputRefusesADirectoryAndWhatIsNotThere(t *testing.T) {
	directory := t.TempDir()
	if _, err := OpenInput(t.Context(), directory, nil); err == nil || !strings.Contains(err.Error(), "is a directory") {
		t.Errorf("got %v", err)
	}
	if _, err := OpenInput(t.Context(), filepath.Join(directory, "none"), nil); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}
