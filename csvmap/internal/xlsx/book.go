// Package xlsx reads one sheet of an Excel workbook, row by row, and writes workbooks of one sheet. It reads the parts
// of the file itself: excelize tells numbers from text and dates only with a whole sheet in memory, and takes a damaged
// sheet for one that ends early.
package xlsx

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"sync/atomic"

	"razebulk/internal/reason"
)

// maxWorkbook bounds the bytes of a workbook, and those that it unpacks to: a workbook is a zip, and a small one can
// unpack to anything.
const maxWorkbook = 2 << 30

const (
	zipStart = "PK\x03\x04"
	cfbStart = "\xd0\xcf\x11\xe0" // MS-CFB: a workbook of the old kind, or an encrypted one
)

// IsWorkbook tells by a file's first bytes whether it is a workbook of any kind.
func IsWorkbook(start []byte) bool {
	return bytes.HasPrefix(start, []byte(zipStart)) || bytes.HasPrefix(start, []byte(cfbStart))
}

// Book is an open workbook, and the sheet of it that is read. Its parts stay in the file, however long the sheet: only
// their places, the styles and the places of its texts are in memory. It is safe for concurrent use. It must be closed.
type Book struct {
	parts  *parts
	values cellValues
	sheet  sheetEntry
	spill  *os.File // the texts that cells share; nil for none
}

// Open opens the workbook, and the sheet of this name in any case. Without a name it takes the only sheet that holds
// anything; hidden sheets are then left out. The file must stay open as long as the book is.
func Open(file io.ReaderAt, size int64, name string) (*Book, error) {
	source := &sourceFile{ReaderAt: file}
	if err := checkStart(source, size); err != nil {
		return nil, err
	}
	b := &Book{}
	var err error
	if b.parts, err = openParts(source, size); err != nil {
		return nil, err
	}
	if err = b.readValues(); err == nil {
		b.sheet, err = b.choose(name)
	}
	if err != nil {
		return nil, errors.Join(err, b.Close())
	}
	return b, nil
}

func checkStart(file io.ReaderAt, size int64) error {
	start := make([]byte, min(size, int64(len(cfbStart))))
	_, err := io.ReadFull(io.NewSectionReader(file, 0, int64(len(start))), start)
	switch {
	case err != nil:
		return err
	case size > maxWorkbook:
		return reason.New("workbook_too_large", "gib", maxWorkbook>>30)
	case string(start) == cfbStart:
		return reason.New("workbook_protected")
	}
	return nil
}

// readValues reads what cells refer to. A part that is linked and missing matters only to cells that need it.
func (b *Book) readValues() error {
	p := b.parts
	for _, properties := range p.book.Properties {
		b.values.from1904 = properties.From1904
	}
	for _, c := range p.book.Calculation {
		b.values.unsolved = c.FullOnLoad || c.Forced || c.Completed == "0" || c.Completed == "false"
	}
	if styles, ok := p.linked("styles"); ok {
		var sheet styleSheet
		if err := p.decode(styles, &sheet); err != nil {
			return err
		}
		if err := sheet.check(); err != nil {
			return p.unreadable(fmt.Errorf("part %s: %w", styles, err))
		}
		b.values.formats = sheet.formats()
	}
	if texts, ok := p.linked("sharedStrings"); ok {
		return b.readTexts(texts)
	}
	return nil
}

// linked is the part that the workbook's link of a kind leads to, if it is there.
func (p *parts) linked(kind string) (name string, ok bool) {
	link, ok := p.links.ofKind(kind)
	if !ok {
		return "", false
	}
	name = targetOf(p.path, link)
	_, ok = p.find(name)
	return name, ok
}

// readTexts writes the shared texts to a temporary file that has no name any more.
func (b *Book) readTexts(name string) error {
	part, err := b.parts.open(name)
	if err != nil {
		return err
	}
	defer func() { _ = part.Close() }() // only read
	if b.spill, err = os.CreateTemp("", "razebulk-texts-*"); err != nil {
		return err
	}
	// While it is open it can still be read; systems that don't allow this remove it in Close.
	_ = os.Remove(b.spill.Name())
	b.values.strings, err = readSharedStrings(b.parts, part, b.spill)
	return err
}

// Sheet is the name of the sheet as the workbook writes it.
func (b *Book) Sheet() string { return b.sheet.Name }

// Rows begins to read the rows of the sheet. They must be closed.
func (b *Book) Rows() (*Rows, error) {
	left := b.parts.maxTokens()
	return b.openRows(b.sheet, &left)
}

// Close releases what the book holds outside of memory. It leaves the file open.
func (b *Book) Close() error {
	if b.spill == nil {
		return nil
	}
	err := b.spill.Close()
	_ = os.Remove(b.spill.Name()) // where it has a name still
	return err
}

// sourceFile remembers the first error of reading the file itself: it says nothing of the workbook.
type sourceFile struct {
	io.ReaderAt
	failed atomic.Pointer[error]
}

// ReadAt implements [io.ReaderAt].
func (s *sourceFile) ReadAt(p []byte, at int64) (int, error) {
	n, err := s.ReaderAt.ReadAt(p, at)
	if err != nil && !errors.Is(err, io.EOF) {
		s.failed.CompareAndSwap(nil, &err)
	}
	return n, err
}

// maxDetail is how many bytes of a detail are shown: it may quote a name or a value of any length.
const maxDetail = 200

// unreadable says that the file isn't what it should be, or returns the error of reading it, or a reason that is known
// already. It doesn't wrap err: an io.EOF in it is not the end of the rows.
func (p *parts) unreadable(err error) error {
	if failed := p.source.failed.Load(); failed != nil {
		return *failed
	}
	var known reason.Reason
	if errors.As(err, &known) {
		return known
	}
	return reason.New("workbook_unreadable", "detail", cutTo(maxDetail, err.Error()))
}
