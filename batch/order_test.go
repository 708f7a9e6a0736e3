package batch_test

import (
	"cmp"
	"context"
	"testing"

	"pgregory.net/rapid"

	"razebulk/batch/internal/order"
)

type row struct{ number, id int }

// TestOrder runs rows of ids that turn out to share a contact, and workers that finish them, put them off or join them.
// It checks that rows with a key that was known when they came are never active together or out of order.
func TestOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		contact := map[int]string{} // the known ones
		o := order.New(func(r row) (own, shared string) { return string(rune('a' + r.id)), contact[r.id] })
		active, finished := []row{}, []row{}
		number, given := 0, 0
		handed := []row{}
		take := func(r row) {
			for _, other := range active {
				if other.id == r.id || contact[r.id] != "" && contact[r.id] == contact[other.id] {
					t.Fatalf("%v and %v are in work together", other, r)
				}
			}
			active = append(active, r)
		}
		start := func(i int) {
			r := handed[i]
			handed = append(handed[:i:i], handed[i+1:]...)
			if first, ok := o.Start(r); ok {
				take(first)
			}
		}
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			switch rapid.IntRange(0, 4).Draw(t, "step") {
			case 0, 1:
				number++
				given++
				first, ready, err := o.Enter(context.Background(), row{number, rapid.IntRange(0, 3).Draw(t, "id")})
				if err != nil {
					t.Fatal(err)
				}
				if ready {
					handed = append(handed, first)
				}
			case 4:
				if len(handed) > 0 {
					start(rapid.IntRange(0, len(handed)-1).Draw(t, "handed"))
				}
			case 2:
				if len(active) == 0 {
					continue
				}
				i := rapid.IntRange(0, len(active)-1).Draw(t, "which")
				r := active[i]
				if rapid.Bool().Draw(t, "shared") {
					contact[r.id] = "contact"
					o.Join(r)
				}
				active = append(active[:i:i], active[i+1:]...)
				if rapid.IntRange(0, 3).Draw(t, "put off") == 0 && o.Later(r) {
					continue
				}
				finished = append(finished, r)
				if next, ok := o.Next(r); ok {
					take(next)
				}
			case 3:
				for _, r := range o.TakePutOff(func(row) bool { return len(active)+len(handed) == 0 }, func(a, b row) int { return cmp.Compare(a.number, b.number) }) {
					given--
					finished = append(finished, r)
					given++
				}
			}
		}
		for len(active)+len(handed) > 0 { // finish all of them
			if len(handed) > 0 {
				start(0)
				continue
			}
			r := active[0]
			active = active[1:]
			finished = append(finished, r)
			if next, ok := o.Next(r); ok {
				take(next)
			}
		}
		finished = append(finished, o.TakePutOff(func(row) bool { return true }, func(a, b row) int { return cmp.Compare(a.number, b.number) })...)
		if len(finished) != given {
			t.Fatalf("%d of %d rows were finished", len(finished), given)
		}
	})
}

func TestAGroupIsForgotten(t *testing.T) {
	o := order.New(func(row) (own, shared string) { return "id", "contact" })
	for range 3 {
		r, ready, err := o.Enter(t.Context(), row{1, 1})
		if !ready || err != nil {
			t.Fatal(ready, err)
		}
		r, _ = o.Start(r)
		if _, waits := o.Next(r); waits {
			t.Fatal("nothing waits")
		}
	}
}
