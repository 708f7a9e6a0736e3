package page

// Kind is how a figure or a part of a bar looks. Nothing is shown by its colour alone: a label stands beside it.
type Kind string

// The kinds.
const (
	Good Kind = "good" // as it should be
	Same Kind = "same" // nothing had to be done
	Warn Kind = "warn" // somebody has to decide
	Bad  Kind = "bad"  // something has to be corrected
	Wait Kind = "wait" // is still to be done
)

// Figure is a number with what it counts.
type Figure struct {
	Count int
	Label string
	Kind  Kind
}

// Bar shows parts of a whole. The template "bar" takes it.
type Bar struct {
	Name  string // for who can't see it
	Parts []Part
}

// Part is one part of a bar, and where it lies on a line of [BarWidth].
type Part struct {
	Figure
	X, Width float64
}

// BarWidth is the whole width of a bar, in units of its own.
const BarWidth = 1000

const (
	minPart = 8.0 // a part that can be seen
	barGap  = 3.0 // between two parts
)

// NewBar makes a bar of figures; those of nothing have no part. A small part is as wide as it must be to be seen.
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

// Cell is one of a table. Note tells that the text is the program's own, such as "(empty)", and no value.
type Cell struct {
	Text string
	Note bool
}

// Column is one of a table. Choose lets the reader choose rows by its values.
type Column struct {
	Name   string
	Choose bool
}

// Table is a table whose first column names its rows. The template "table" takes it. With Tools the reader can search
// it, choose and sort, where scripts run.
type Table struct {
	ID      string // unique in the page
	Class   string // "changes" strikes the column before the last two through; "" is none
	Caption string
	Columns []Column
	Rows    [][]Cell
	// More says how many rows are left out; "" for none.
	More  string
	Tools bool
}
