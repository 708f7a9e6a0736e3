package ledger

import (
	"os"
	"sync/atomic"
	"testing"
)

var nine = []string{"name", "email", "phone", "company", "position", "deal_value", "deal_currency", "notes", "responsible_user_id"}

// fill notes nine fields for each of n opportunities, in batches of what a run notes per second.
func fill(t testing.TB, l *Ledger, n int) {
	t.Helper()
	for i := range n {
		noted := make([]Noted, len(nine))
		for f, field := range nine {
			noted[f] = Noted{field, text(field), true}
		}
		must(t, l.Note(idOf(i), noted...))
		if i%500 == 0 {
			l.commitSoon()
		}
	}
}

// commitSoon triggers a write as the timer would.
func (l *Ledger) commitSoon() {
	select {
	case l.urgent <- struct{}{}:
	default:
	}
}

func TestTenThousandOpportunitiesTakeLittleRoom(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a while")
	}
	path := newPath(t)
	l := open(t, path)
	fill(t, l, 10_000)
	closed(t, l)
	info, err := os.Stat(path)
	must(t, err)
	if info.Size() > 16<<20 { // usually 8 MiB: bbolt's files grow by doubling
		t.Errorf("%d KiB", info.Size()>>10)
	}
}

func BenchmarkOpen(b *testing.B) {
	path := newPath(b)
	l := open(b, path)
	fill(b, l, 10_000)
	closed(b, l)
	for b.Loop() {
		closed(b, open(b, path))
	}
}

func BenchmarkHolds(b *testing.B) {
	l := open(b, newPath(b))
	defer l.Close()
	fill(b, l, 10_000)
	i := 0
	for b.Loop() {
		l.Holds(idOf(i%10_000), "notes", text("notes"))
		i++
	}
}

func BenchmarkBegin(b *testing.B) {
	for _, c := range []struct {
		name  string
		other bool
		at    int
	}{{"not held", true, 1}, {"held, alone", false, 1}, {"held, 8 at once", false, 8}, {"held, 32 at once", false, 32}} {
		b.Run(c.name, func(b *testing.B) {
			l := open(b, newPath(b))
			defer l.Close()
			fill(b, l, 10_000)
			var n atomic.Int64
			b.SetParallelism(c.at)
			b.ResetTimer()
			b.RunParallel(func(p *testing.PB) {
				for p.Next() {
					id := idOf(int(n.Add(1)) % 10_000)
					if c.other {
						id = "x" + id
					}
					if err := l.Begin(id, nine...); err != nil {
						b.Error(err)
					}
					if !c.other {
						l.Note(id, Noted{"notes", text("x"), true})
					}
				}
			})
		})
	}
}
