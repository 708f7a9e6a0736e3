// Package xlsx reads one sheet of an Excel workbook, row by row, and writes single-sheet workbooks. It reads the
// parts of the file itself: excelize can tell numbers from text and dates only with the whole sheet in memory, and
// takes a damaged sheet for one that ends early.
package xlsx

import (
	"bytes"
	"errors"
	"io"
	"os"
	"sync/atomic"

	"razebulk/internal/reason"
)

// maxWorkbook limits the size of a workbook, packed and unpacked: a workbook is a zip file, and a small one can
// unpack to any size.
const maxWorkbook = 2 << 30

const (
	zipStart = "PK\x03\x04"
	cfbStart = "\xd0\xcf\x11\xe0" // MS-CFB: a workbook in the old format, or an encrypted one
)

// IsWorkbook reports whether a file is a workbook of any kind, judging by its first bytes.
func IsWorkbook(start []byte) bool {
	return bytes.HasPrefix(start, []byte(zipStart)) || bytes.HasPrefix(start, []byte(cfbStart))
}

// Book is an open workbook and the sheet that is read. Its parts stay in the file, however long the sheet is: only
// their locations, the styles and the locations of its texts are in memory. It is safe for concurrent use. It must be
// closed.
type Book struct {
	parts  *parts
	values cellValues
	sheet  sheetEntry
	spill  *os.File // the shared texts; nil if there are none
}

// Open opens the workbook and the sheet with this name, in any case. Without a name it uses the only sheet that isn't
// empty, ignoring hidden sheets. The file must stay open as long as the book.
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

// readValues reads what cells refer to. A linked part that is missing matters only to cells that need it.
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
			return p.within(reason.New("workbook_in_part", "part", styles), err)
		}
		b.values.formats = sheet.formats()
	}
	if texts, ok := p.linked("sharedStrings"); ok {
		return b.readTexts(texts)
	}
	return nil
}

// linked returns the part that the workbook's link of a kind points to, if it exists.
func (p *parts) linked(kind string) (name string, ok bool) {
	link, ok := p.links.ofKind(kind)
	if !ok {
		return "", false
	}
	name = targetOf(p.path, link)
	_, ok = p.find(name)
	return name, ok
}

// readTexts writes the shared texts to a temporary file and removes its name.
func (b *Book) readTexts(name string) error {
	part, err := b.parts.open(name)
	if err != nil {
		return err
	}
	defer func() { _ = part.Close() }() // only read
	if b.spill, err = os.CreateTemp("", "razebulk-texts-*"); err != nil {
		return err
	}
	// It can still be read while it is open; on systems that don't allow this, Close removes it.
	_ = os.Remove(b.spill.Name())
	b.values.strings, err = readSharedStrings(b.parts, part, b.spill)
	return err
}

// Sheet returns the name of the sheet as spelled in the workbook.
func (b *Book) Sheet() string { return b.sheet.Name }

// Rows starts reading the rows of the sheet. They must be closed.
func (b *Book) Rows() (*Rows, error) {
	left := b.parts.maxTokens()
	return b.openRows(b.sheet, &left)
}

// Close releases what the book holds outside of memory. It does not close the file.
func (b *Book) Close() error {
	if b.spill == nil {
		return nil
	}
	err := b.spill.Close()
	_ = os.Remove(b.spill.Name()) // if it still has a name
	return err
}

// sourceFile records the first error of reading the file itself, which says nothing about the workbook.
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
