package cli

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
)

// input is the sheet as a file that can be read several times, and that is found out if it changes between two of them.
type input struct {
	file *os.File
	name string // as messages call it
	temp bool

	seed   maphash.Seed
	blocks []uint64 // a hash of each block, as it was read first
	whole  hash.Hash
	size   int64
	known  bool // the whole file has been read
}

// errChanged ends a run whose input is being written to.
var errChanged = errors.New("the file was changed while it was read; nothing more is sent of it. run again when it is complete")

// openInput opens path, or standard input for "-". What can't be read twice, such as a pipe, is first copied to a
// temporary file that only its owner can read. It ends with ctx, whoever may keep it waiting at the other end of a pipe.
func openInput(ctx context.Context, path string, stdin io.Reader) (*input, error) {
	type opened struct {
		in  *input
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

func openOrSpool(path string, stdin io.Reader) (*input, error) {
	if path == "-" {
		return spool(stdin, "standard input")
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
		return &input{file: f, name: path}, nil
	}
	defer f.Close()
	if err != nil {
		return nil, err
	}
	return spool(f, path)
}

func spool(from io.Reader, name string) (*input, error) {
	f, err := os.CreateTemp("", "razebulk-input-*")
	if err != nil {
		return nil, err
	}
	_ = os.Remove(f.Name()) // while it is open it can still be read; systems that don't allow this remove it in close
	in := &input{file: f, name: name, temp: true}
	if _, err := io.Copy(f, from); err != nil {
		in.close()
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return in, nil
}

// fromStart makes the input be read from its first byte again. The first reading takes down what it reads, and is to go to
// the end; each further one hands on nothing that differs from that, and fails with errChanged instead.
func (in *input) fromStart() (io.Reader, error) {
	if _, err := in.file.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	if !in.known {
		in.seed, in.blocks, in.whole, in.size = maphash.MakeSeed(), nil, sha256.New(), 0
	}
	return &blockReader{in: in}, nil
}

// sha256 is the hash of the whole file. It must have been read to its end.
func (in *input) sha256() string { return hex.EncodeToString(in.whole.Sum(nil)) }

func (in *input) close() {
	_ = in.file.Close()
	if in.temp {
		_ = os.Remove(in.file.Name())
	}
}

const blockSize = 64 << 10

// blockReader reads an input block by block, so that no byte is handed on before its whole block was found unchanged.
type blockReader struct {
	in    *input
	block [blockSize]byte
	rest  []byte // of the block, not yet handed on
	count int
	ended bool
}

// Read implements [io.Reader].
func (r *blockReader) Read(p []byte) (int, error) {
	if len(r.rest) == 0 && !r.ended {
		if err := r.next(); err != nil {
			return 0, err
		}
	}
	if len(r.rest) == 0 {
		return 0, io.EOF
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

func (r *blockReader) next() error {
	n, err := io.ReadFull(r.in.file, r.block[:])
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return err
	}
	r.ended = err != nil
	r.rest = r.block[:n]
	sum := maphash.Bytes(r.in.seed, r.rest)
	if r.in.known {
		if r.count >= len(r.in.blocks) || r.in.blocks[r.count] != sum {
			r.rest, r.ended = nil, false
			return errChanged
		}
	} else {
		r.in.blocks = append(r.in.blocks, sum)
		r.in.whole.Write(r.rest)
		r.in.size += int64(n)
		r.in.known = r.ended
	}
	r.count++
	return nil
}
