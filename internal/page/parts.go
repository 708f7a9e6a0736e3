package page

// Kind is how a figure or a part of a bar looks. Nothing is shown by its colour alone: there is a label next to it.
type Kind string

// The kinds.
const (
	Good Kind = "good" // as it should be
	Same Kind = "same" // nothing had to be done
	Warn Kind = "warn" // somebody has to decide
	Bad  Kind = "bad"  // something has to be corrected
	Wait Kind = "wait" // still to be done
)

// Figure is a number and what it counts.
type Figure struct {
	Count int
	Label string
	Kind  Kind
}

// Bar shows the parts of a whole. The template "bar" renders it.
type Bar struct {
	Name  string // for those who can't see it
	Parts []Part
}

// Part is one part of a bar, and its position on a line of [BarWidth].
type Part struct {
	Figure
	X, Width float64
}

// BarWidth is the whole width of a bar, in its own units.
const BarWidth = 1000

const (
	minPart = 8.0 // wide enough to be seen
	barGap  = 3.0 // between two parts
)

// NewBar returns a bar of figures; a figure of zero has no part. A small part is made wide enough to be seen.
func NewBar(name string, figures []Figure) Bar {
	b := Bar{Name: name}
	all, room := 0, float64(BarWidth)
	for _, f := range figures {
		if f.Count > 0 {
			all += f.Count
			b.Parts = append(b.Parts, Part{Figure: f})
			room -= minPart + barGap
		}
	}
	x := 0.0
	for i := range b.Parts {
		p := &b.Parts[i]
		p.X, p.Width = x, minPart+(room+barGap)*float64(p.Count)/float64(all)
		x += p.Width + barGap
	}
	return b
}

// Cell is a cell of a table. Note reports that the text is the program's own, such as "(empty)", and not a value.
type Cell struct {
	Text string
	Note bool
}

// Column is a column of a table. Choose lets the reader select rows by its values.
type Column struct {
	Name   string
	Choose bool
}

// Table is a table whose first column names its rows. The template "table" renders it. With Tools the reader can
// search it, select rows and sort them, if scripts run.
type Table struct {
	ID      string // unique in the page
	Class   string // "changes" strikes through the column before the last two; "" means none
	Caption string
	Columns []Column
	Rows    [][]Cell
	// More says how many rows are left out; "" means none.
	More  string
	Tools bool
}
