package files

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"hash/maphash"
	"io"
	"os"
	"sync"
	"sync/atomic"

	"razebulk/internal/reason"
)

// ErrChanged ends a run whose input changed in the meantime.
var ErrChanged error = reason.New("input_changed")

// Input is a file that is read several times. A part that was read once reads the same later; otherwise reading fails
// with [ErrChanged]. It needs 16 bytes of memory for each 64 KiB of the file, and is safe for concurrent use.
type Input struct {
	file *os.File
	name string
	size int64
	temp bool

	mu     sync.Mutex
	until  context.Context // reads fail when it is done
	seed   maphash.Seed
	blocks map[int64]uint64    // a hash of each block, as first read
	block  [blockSize + 1]byte // the block that was read last, plus one byte
	at     int64               // its number; -1 for none
	length int                 // of the block
	whole  hash.Hash           // of the blocks before number hashed
	hashed int64

	position atomic.Int64
}

// OpenInput opens path, or standard input for "-". An input that can't be read twice, such as a pipe, is first copied
// to a temporary file that only its owner can read. It returns when ctx ends, even if the other end of a pipe sends
// nothing. The caller closes the input.
func OpenInput(ctx context.Context, path string, stdin io.Reader) (*Input, error) {
	type opened struct {
		in  *Input
		err error
	}
	done := make(chan opened, 1)
	go func() { // a read from a pipe can't be interrupted; it ends with the process
		in, err := openOrSpool(path, stdin)
		done <- opened{in, err}
	}()
	select {
	case o := <-done:
		return o.in, o.err
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

// NameOf returns the name of an input with this path in messages.
func NameOf(path string) string {
	if path == "-" {
		return "standard input"
	}
	return path
}

func openOrSpool(path string, stdin io.Reader) (*Input, error) {
	if path == "-" {
		return Spool(stdin, NameOf(path))
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	switch {
	case err != nil:
	case info.IsDir():
		err = fmt.Errorf("%s: is a directory", path)
	case info.Mode().IsRegular():
		return newInput(f, path, info.Size()), nil
	}
	defer f.Close()
	if err != nil {
		return nil, err
	}
	return Spool(f, path)
}

func newInput(f *os.File, name string, size int64) *Input {
	return &Input{
		file: f, name: name, size: size, until: context.Background(),
		seed: maphash.MakeSeed(), blocks: map[int64]uint64{}, at: -1, whole: sha256.New(),
	}
}

// Spool returns an input with the content of from, in a temporary file that only its owner can read.
func Spool(from io.Reader, name string) (*Input, error) {
	f, err := os.CreateTemp("", "razebulk-input-*")
	if err != nil {
		return nil, err
	}
	_ = os.Remove(f.Name()) // it can be read as long as it is open; systems that don't allow this remove it in Close
	size, err := io.Copy(f, from)
	in := newInput(f, name, size)
	in.temp = true
	if err != nil {
		in.Close()
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return in, nil
}

// Name returns the name of the input in messages.
func (in *Input) Name() string { return in.name }

// Size returns the number of bytes of the input. If the file grows or shrinks later, reading its end fails with
// [ErrChanged].
func (in *Input) Size() int64 { return in.size }

// Position returns the offset just after the part that was read last. If the input is read from beginning to end, this
// is the progress. It doesn't wait for a read in progress.
func (in *Input) Position() int64 { return in.position.Load() }

// Close closes the file. No read may be in progress.
func (in *Input) Close() {
	_ = in.file.Close()
	if in.temp {
		_ = os.Remove(in.file.Name())
	}
}

const blockSize = 64 << 10

// Until makes every read fail with the cause of ctx once ctx is done: reading a large file takes time, and a small
// workbook can unpack to a large one. It applies until it is called again.
func (in *Input) Until(ctx context.Context) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.until = ctx
}

// ReadAt implements [io.ReaderAt]. It returns no byte of a block that has changed.
func (in *Input) ReadAt(p []byte, off int64) (int, error) {
	if off < 0 { // a damaged workbook may request that
		return 0, fmt.Errorf("%s: negative offset", in.name)
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	n := 0
	for n < len(p) {
		number := (off + int64(n)) / blockSize
		if err := in.load(number); err != nil {
			return n, err
		}
		start := int(off + int64(n) - number*blockSize)
		if start >= in.length {
			return n, io.EOF
		}
		n += copy(p[n:], in.block[start:in.length])
	}
	return n, nil
}

// load reads a block, plus one byte, which shows that a file has grown beyond its last block.
func (in *Input) load(number int64) error {
	if err := context.Cause(in.until); err != nil {
		return err
	}
	if in.at == number {
		return nil
	}
	in.at = -1
	n, err := in.file.ReadAt(in.block[:], number*blockSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if int64(n) != max(0, min(blockSize+1, in.size-number*blockSize)) {
		return ErrChanged
	}
	n = min(n, blockSize)
	sum := maphash.Bytes(in.seed, in.block[:n])
	if before, known := in.blocks[number]; known && before != sum {
		return ErrChanged
	}
	if number == in.hashed {
		in.whole.Write(in.block[:n])
		in.hashed++
	}
	in.blocks[number], in.at, in.length = sum, number, n
	in.position.Store(number*blockSize + int64(n))
	return nil
}

// SHA256 returns the hash of the whole file, in hexadecimal digits. It reads the blocks that were not yet read in
// order.
func (in *Input) SHA256() (string, error) {
	in.mu.Lock()
	defer in.mu.Unlock()
	for in.hashed*blockSize < in.size {
		if in.at == in.hashed { // it was read before the blocks that precede it
			in.at = -1
		}
		if err := in.load(in.hashed); err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(in.whole.Sum(nil)), nil
}
