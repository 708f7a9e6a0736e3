package xlsx

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"net/url"
	"path"
	"slices"
	"strings"

	"razebulk/internal/reason"
)

// maxListed is more than the links, styles or formats of any workbook: Excel allows 65,490 styles.
const maxListed = 100_000

// list holds the elements of a part that is kept in memory, up to maxListed. It implements [xml.Unmarshaler].
type list[T any] []T

// UnmarshalXML adds one element.
func (l *list[T]) UnmarshalXML(decoder *xml.Decoder, start xml.StartElement) error {
	if len(*l) == maxListed {
		return errTooFull
	}
	var one T
	err := decoder.DecodeElement(&one, &start)
	*l = append(*l, one)
	return err
}

// maxSheets is more than anyone makes by hand. Each may have to be checked.
const maxSheets = 1000

// parts are the files that an .xlsx consists of (ECMA-376, part 2, Open Packaging Conventions).
type parts struct {
	source *sourceFile
	size   int64
	files  map[string]*zip.File // by partKey
	left   int64                // how many tags and texts opening the workbook may still read
	book   struct {
		Properties list[struct {
			From1904 bool `xml:"date1904,attr"`
		}] `xml:"workbookPr"`
		Calculation list[struct {
			FullOnLoad bool   `xml:"fullCalcOnLoad,attr"`
			Forced     bool   `xml:"forceFullCalc,attr"`
			Completed  string `xml:"calcCompleted,attr"`
		}] `xml:"calcPr"`
		Sheets list[sheetEntry] `xml:"sheets>sheet"`
	}
	path   string // of the workbook's own part
	links  relationships
	sheets map[string]string // the worksheets' parts, by the id of their link
}

var (
	errNoBook          = damaged(reason.New("workbook_names_no_book"))
	errPropertiesTwice = damaged(reason.New("workbook_properties_twice"))
)

type sheetEntry struct {
	Name  string `xml:"name,attr"`
	State string `xml:"state,attr"` // "", visible, hidden or veryHidden
	Link  string `xml:"id,attr"`
}

func (s sheetEntry) hidden() bool { return s.State == "hidden" || s.State == "veryHidden" }

type relationships struct {
	All list[relationship] `xml:"Relationship"`
}

type relationship struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
}

// is compares only the end of the type: the beginning differs between the strict and the transitional format.
func (r relationship) is(kind string) bool { return strings.HasSuffix(r.Type, "/"+kind) }

func (r relationships) ofKind(kind string) (relationship, bool) {
	for _, link := range r.All {
		if link.is(kind) {
			return link, true
		}
	}
	return relationship{}, false
}

// check refuses a link that occurs twice, and two links where only one is allowed.
func (r relationships) check() error {
	ids, kinds := map[string]bool{}, map[string]string{}
	for _, link := range r.All {
		if ids[link.ID] {
			return damaged(reason.New("workbook_link_twice", "link", link.ID))
		}
		ids[link.ID] = true
		for _, kind := range []string{"officeDocument", "styles", "sharedStrings"} {
			if target, found := kinds[kind]; link.is(kind) && found && target != link.Target {
				return damaged(reason.New("workbook_part_kind_twice", "kind", kind))
			} else if link.is(kind) {
				kinds[kind] = link.Target
			}
		}
	}
	return nil
}

func openParts(file *sourceFile, size int64) (*parts, error) {
	p := &parts{source: file, size: size, files: map[string]*zip.File{}}
	p.left = p.maxTokens()
	archive, err := zip.NewReader(file, size)
	if err != nil {
		return nil, p.unreadable(err)
	}
	var unpacked uint64
	for _, f := range archive.File {
		if unpacked += f.UncompressedSize64; f.UncompressedSize64 > maxWorkbook || unpacked > maxWorkbook {
			return nil, reason.New("workbook_unpacks_too_large", "gib", maxWorkbook>>30)
		}
		if err := p.add(f); err != nil {
			return nil, p.unreadable(err)
		}
	}
	if unpacked > uint64(p.maxUnpacked()) {
		return nil, errTooFull
	}
	return p, p.readBook()
}

// A workbook that unpacks to more than maxRatio times its size, and to more than minRatioed, was made to exhaust
// time. Programs write parts with about a tenth of that ratio. Its cells may hold sharedTimes as much text from the
// shared strings: looking one up takes less time.
const (
	maxRatio    = 64
	minRatioed  = 64 << 20
	sharedTimes = 2
)

func (p *parts) maxUnpacked() int64 { return max(minRatioed, maxRatio*p.size) }

// add refuses a duplicate part: some programs use the first one, others the last.
func (p *parts) add(f *zip.File) error {
	key := partKey(f.Name)
	if _, twice := p.files[key]; twice && !f.FileInfo().IsDir() {
		return damaged(reason.New("workbook_part_twice", "part", f.Name))
	}
	p.files[key] = f
	return nil
}

// partKey returns what all spellings of a part's name have in common.
func partKey(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

func (p *parts) maxTokens() int64 { return minTokens + tokensPerByte*p.size }

func (p *parts) readBook() error {
	var root relationships
	if err := p.decode("_rels/.rels", &root); err != nil {
		return err
	}
	if err := root.check(); err != nil {
		return p.unreadable(err)
	}
	book, ok := root.ofKind("officeDocument")
	if !ok {
		return p.unreadable(errNoBook)
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
	if err := p.findSheets(); err != nil {
		return p.unreadable(err)
	}
	return nil
}

// otherSheets are the kinds of links to sheets that have no cells, or no data in them.
var otherSheets = []string{"chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet"}

// findSheets finds the parts of the worksheets, and refuses ambiguous and dangling links: other programs might use
// another sheet.
func (p *parts) findSheets() error {
	p.sheets = map[string]string{}
	if err := p.links.check(); err != nil {
		return err
	}
	if len(p.book.Properties) > 1 || len(p.book.Calculation) > 1 {
		return errPropertiesTwice
	}
	links, parts, names := map[string]string{}, map[string]bool{}, map[string]bool{}
	for _, link := range p.links.All {
		if links[link.ID] = path.Base(link.Type); link.is("worksheet") {
			p.sheets[link.ID] = targetOf(p.path, link)
		}
	}
	for _, sheet := range p.book.Sheets {
		if name := strings.ToLower(sheet.Name); names[name] {
			return damaged(reason.New("workbook_sheet_name_twice", "name", sheet.Name))
		} else {
			names[name] = true
		}
		kind, linked := links[sheet.Link]
		if !linked {
			return damaged(reason.New("workbook_sheet_without_part", "name", sheet.Name))
		}
		if name, ok := p.worksheet(sheet); ok {
			if parts[partKey(name)] {
				return damaged(reason.New("workbook_sheet_twice", "name", sheet.Name))
			}
			parts[partKey(name)] = true
		} else if !slices.Contains(otherSheets, kind) {
			return damaged(reason.New("workbook_sheet_kind", "name", sheet.Name, "kind", kind))
		}
	}
	return nil
}

// targetOf returns the path of the part that a relationship of the part at from points to.
func targetOf(from string, r relationship) string {
	target := strings.ReplaceAll(r.Target, `\`, "/")
	if strings.HasPrefix(target, "/") {
		return path.Clean(target)[1:]
	}
	return path.Join(path.Dir(from), target)
}

// find returns the part with a name. A link may be URL-encoded, with %20 for a blank.
func (p *parts) find(name string) (*zip.File, bool) {
	if file, ok := p.files[partKey(name)]; ok {
		return file, true
	}
	plain, err := url.PathUnescape(name)
	file, ok := p.files[partKey(plain)]
	return file, ok && err == nil
}

func (p *parts) open(name string) (io.ReadCloser, error) {
	file, ok := p.find(name)
	if !ok {
		return nil, p.unreadable(damaged(reason.New("workbook_part_missing", "part", name)))
	}
	part, err := file.Open()
	if err != nil {
		return nil, p.within(reason.New("workbook_in_part", "part", name), err)
	}
	return part, nil
}

// decode reads a part to its end: only there does archive/zip verify its checksum.
func (p *parts) decode(name string, into any) error {
	part, err := p.open(name)
	if err != nil {
		return err
	}
	defer func() { _ = part.Close() }() // only read
	decoder := newLimiter(part, &p.left).decoder()
	if err = decoder.Decode(into); err == nil {
		err = drain(decoder)
	}
	if err != nil {
		return p.within(reason.New("workbook_in_part", "part", name), err)
	}
	return nil
}

// drain reads what follows the last element of a part: blanks and comments.
func drain(decoder *xml.Decoder) error {
	for {
		token, err := decoder.Token()
		switch e := token.(type) {
		case xml.StartElement:
			return damaged(reason.New("workbook_second_element", "element", e.Name.Local))
		case nil:
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
	}
}

// worksheets returns the sheets that have cells: a chart can be a sheet too.
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
