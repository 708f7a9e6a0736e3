package xlsx

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"razebulk/internal/reason"
)

// maxPiece bounds what one row, one shared string or one of the small parts may take up.
const maxPiece = 16 << 20

// maxSheets is more than anyone makes by hand. Each may have to be looked into.
const maxSheets = 1000

// partBuffer is what is read of a part at a time.
const partBuffer = 64 << 10

// parts are the files that an .xlsx consists of (ECMA-376, part 2, Open Packaging Conventions).
type parts struct {
	source *sourceFile
	files  map[string]*zip.File // by name in lower case
	book   struct {
		Properties struct {
			From1904 bool `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Calculation struct {
			FullOnLoad bool `xml:"fullCalcOnLoad,attr"`
		} `xml:"calcPr"`
		Sheets []sheetEntry `xml:"sheets>sheet"`
	}
	path   string // of the workbook's own part
	links  relationships
	sheets map[string]string // the worksheets' parts, by the id of their link
}

type sheetEntry struct {
	Name  string `xml:"name,attr"`
	State string `xml:"state,attr"` // "", visible, hidden or veryHidden
	Link  string `xml:"id,attr"`
}

func (s sheetEntry) hidden() bool { return s.State == "hidden" || s.State == "veryHidden" }

type relationships struct {
	All []relationship `xml:"Relationship"`
}

type relationship struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
}

// is compares the end of the type: what comes before it differs between the strict and the transitional format.
func (r relationship) is(kind string) bool { return strings.HasSuffix(r.Type, "/"+kind) }

func (r relationships) ofKind(kind string) (relationship, bool) {
	for _, link := range r.All {
		if link.is(kind) {
			return link, true
		}
	}
	return relationship{}, false
}

func openParts(file *sourceFile, size int64) (*parts, error) {
	p := &parts{source: file, files: map[string]*zip.File{}}
	archive, err := zip.NewReader(file, size)
	if err != nil {
		return nil, p.unreadable(err)
	}
	var unpacked uint64
	for _, f := range archive.File {
		if unpacked += f.UncompressedSize64; f.UncompressedSize64 > maxWorkbook || unpacked > maxWorkbook {
			return nil, reason.New("workbook_unpacks_too_large", "gib", maxWorkbook>>30)
		}
		p.files[strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/"))] = f
	}
	return p, p.readBook()
}

func (p *parts) readBook() error {
	var root relationships
	if err := p.decode("_rels/.rels", &root); err != nil {
		return err
	}
	book, ok := root.ofKind("officeDocument")
	if !ok {
		return p.unreadable(errors.New("it names no workbook"))
	}
	p.path = targetOf("", book)
	if strings.HasSuffix(p.path, ".bin") {
		return reason.New("workbook_binary")
	}
	if err := p.decode(p.path, &p.book); err != nil {
		return err
	}
	if len(p.book.Sheets) > maxSheets {
		return reason.New("workbook_too_many_sheets", "max", maxSheets)
	}
	if err := p.decode(path.Join(path.Dir(p.path), "_rels", path.Base(p.path)+".rels"), &p.links); err != nil {
		return err
	}
	p.sheets = map[string]string{}
	for _, link := range p.links.All {
		if _, found := p.sheets[link.ID]; !found && link.is("worksheet") {
			p.sheets[link.ID] = targetOf(p.path, link)
		}
	}
	return nil
}

// targetOf is the path of the part that a relationship of the part at from leads to.
func targetOf(from string, r relationship) string {
	if strings.HasPrefix(r.Target, "/") {
		return path.Clean(r.Target)[1:]
	}
	return path.Join(path.Dir(from), r.Target)
}

func (p *parts) open(name string) (io.ReadCloser, error) {
	file, ok := p.files[strings.ToLower(name)]
	if !ok {
		return nil, p.unreadable(fmt.Errorf("it has no part %s", name))
	}
	part, err := file.Open()
	if err != nil {
		return nil, p.unreadable(fmt.Errorf("part %s: %w", name, err))
	}
	return part, nil
}

func (p *parts) decode(name string, into any) error {
	part, err := p.open(name)
	if err != nil {
		return err
	}
	defer func() { _ = part.Close() }() // only read
	if err := xml.NewDecoder(&boundedReader{part, maxPiece}).Decode(into); err != nil {
		return p.unreadable(fmt.Errorf("part %s: %w", name, err))
	}
	return nil
}

// worksheets are the sheets that have cells: a chart can be a sheet too.
func (p *parts) worksheets() []sheetEntry {
	var sheets []sheetEntry
	for _, sheet := range p.book.Sheets {
		if _, ok := p.worksheet(sheet); ok {
			sheets = append(sheets, sheet)
		}
	}
	return sheets
}

func (p *parts) worksheet(sheet sheetEntry) (name string, ok bool) {
	name, ok = p.sheets[sheet.Link]
	return name, ok
}

// boundedReader fails when more than left bytes are read from it. Whoever reads on sets left again for each piece.
type boundedReader struct {
	r    io.Reader
	left int
}

// Read implements [io.Reader].
func (b *boundedReader) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, fmt.Errorf("a piece of it is larger than %d MiB", maxPiece>>20)
	}
	n, err := b.r.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}
